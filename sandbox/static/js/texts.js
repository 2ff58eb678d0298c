// The page's own words in two languages. What the bot says follows the bot's own setting (/lang), not this one.

const WORDS = {
  who: ["我是谁", "I am"],
  chats: ["聊天", "Chats"],
  sandbox: ["本地沙盒演示", "Local sandbox"],
  language: ["界面语言", "Language of the page"],
  bot: ["机器人", "bot"],
  members: ["{n} 位成员", "{n} members"],
  privateChat: ["与机器人的私聊", "private chat with the bot"],
  asPerson: ["以{name}的身份", "as {name}"],
  typing: ["正在输入…", "typing…"],
  stopBot: ["停用机器人", "Stop the bot"],
  blocked: ["您已停用机器人，它不能再给您发消息。", "You stopped the bot; it can no longer write to you."],
  unblock: ["重新启用", "Restart"],
  noChats: ["还没有聊天", "No chats yet"],
  noMessages: ["这里还没有消息", "No messages here yet"],
  loading: ["正在载入…", "Loading…"],
  startTitle: ["和{bot}打个招呼", "Say hello to {bot}"],
  startBody: ["点“开始”，机器人就能给{name}发消息。", "Press Start, and the bot may write to {name}."],
  start: ["开始", "Start"],
  today: ["今天", "Today"],
  yesterday: ["昨天", "Yesterday"],
  edited: ["已编辑", "edited"],
  write: ["写消息…", "Write a message…"],
  caption: ["添加说明…", "Add a caption…"],
  send: ["发送", "Send"],
  attach: ["添加附件", "Attach"],
  attachPhoto: ["图片", "Photo"],
  attachFile: ["文件", "File"],
  buttons: ["按钮", "Buttons"],
  commands: ["机器人命令", "Commands of the bot"],
  noCommands: ["机器人还没有登记命令。", "The bot has not registered any commands."],
  reply: ["回复", "Reply"],
  replyTo: ["回复 {name}", "Reply to {name}"],
  edit: ["编辑", "Edit"],
  editing: ["编辑消息", "Edit message"],
  cancel: ["取消", "Cancel"],
  close: ["关闭", "Close"],
  back: ["返回聊天列表", "Back to the chats"],
  newest: ["到最新消息", "To the newest message"],
  photo: ["图片", "Photo"],
  file: ["文件", "File"],
  voice: ["语音", "Voice message"],
  audio: ["音频", "Audio"],
  video: ["视频", "Video"],
  openPhoto: ["放大图片", "Open the photo"],
  download: ["下载 {name}", "Download {name}"],
  drop: ["松开即可附上文件", "Drop to attach"],
  lost: ["连接中断，正在重新连接…", "Connection lost, reconnecting…"],
  restored: ["已重新连接", "Connected again"],
  unanswered: ["机器人还没有回应。", "The bot has not answered yet."],
  failed: ["没有发出去：{why}", "Not sent: {why}"],
  unreachable: ["连不上沙盒", "The sandbox cannot be reached"],
  unreachableBody: ["请看一下启动它的终端窗口是否还开着。", "Please see whether the terminal that runs it is still open."],
  retry: ["再试一次", "Try again"],
  ok: ["好", "OK"],
  you: ["您", "You"],
  unreadCount: ["{n} 条未读", "{n} unread"],
  newPeople: ["{names} 加入了群组", "{names} joined the group"],
  leftPerson: ["{name} 离开了群组", "{name} left the group"],
  pinned: ["{name} 置顶了一条消息", "{name} pinned a message"],
  migrated: ["群组已升级为超级群组", "The group became a supergroup"],
  created: ["群组已建立", "The group was created"],
  serviceOther: ["系统消息", "Service message"],
  spoiler: ["点按显示", "Press to reveal"],

  watchTitle: ["现场竞赛", "Live contest"],
  watchOn: ["竞赛进行中", "Contest on"],
  watchBody: [
    "两支自动队伍会当场抢答。您可以旁观，也可以随时入座，亲自抢。",
    "Two teams that play by themselves buzz for each question. Watch, or take a seat and buzz yourself.",
  ],
  watchGo: ["观看一场竞赛", "Watch a contest"],
  bigScreen: ["打开大屏", "Open the big screen"],
  watchStop: ["结束观看", "Stop"],
  watchLobby: ["报名中", "Lobby"],
  watchQuestion: ["第 {n}/{of} 题", "Question {n}/{of}"],
  watchNumber: ["第 {n} 题", "Question {n}"],
  watchExtra: ["加赛", "Tie-break"],
  watchOver: ["上一场已结束，成绩在群里。", "The last contest is over; the standings are in the group."],
  watchTrouble: ["上一场中断了：{why}", "The last contest stopped: {why}"],
  watchSaid: ["它说：“{said}”", "It said: “{said}”"],
  no_lobby: ["机器人没有开放报名。", "the bot opened no lobby."],
  no_start: ["报名之后没有出题。", "no question came after the lobby."],
  no_question: ["很久没有新题。", "no question came for a long time."],
  takeSeat: ["入座", "Sit"],
  leaveSeat: ["交还", "Give back"],
  seatYours: ["您", "you"],
  playsAlone: ["{name} 正由自动玩家操作", "{name} is played automatically"],
  playMyself: ["由我来玩", "I’ll play"],
  seatIsYours: ["您在{team}就座，抢答按一次就够", "You sit with {team}; one press is enough"],
  seatJoins: ["您代表{team}：如尚未加入，请先按“加入 {team}”", "You sit with {team}: press “Join” first, unless you have joined"],
  seatHost: ["您正在当主持人", "You are the host"],
  giveBack: ["交还座位", "Give back"],
  hints: ["试试看", "Things to try"],
};

const KEPT = "studyhall.language";
let chosen = readLanguage();
const listeners = new Set();

function readLanguage() {
  const kept = localStorage.getItem(KEPT);
  if (kept === "zh" || kept === "en") return kept;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export const language = () => chosen;

export function setLanguage(next) {
  if (next === chosen) return;
  chosen = next;
  localStorage.setItem(KEPT, next);
  markDocument();
  for (const listener of listeners) listener();
}

export const onLanguage = (listener) => listeners.add(listener);

export function markDocument() {
  document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
}

/** The page's words for `key`, with `{name}` places filled in. */
export function t(key, places = {}) {
  const words = WORDS[key][chosen === "zh" ? 0 : 1];
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in places ? String(places[name]) : whole));
}

/** A text of the scene: a plain string, or one for each language. */
export function sceneText(value) {
  if (value && typeof value === "object") return value[chosen] ?? value.zh ?? value.en ?? "";
  return value ?? "";
}
