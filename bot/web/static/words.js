// The words of the page in Chinese and English; {places} are filled in. Those for Taiwan are in words_tw.js.

import { TAIWAN } from "./words_tw.js";

const WORDS = {
  waiting: ["等待竞赛开始", "Waiting for the contest"],
  waitingHint: ["在群里开启竞赛后，这里会自动显示", "It appears here as soon as one is opened in the group"],
  connecting: ["正在连接…", "Connecting…"],
  cut: ["连接中断，正在重连", "Cut off, trying again"],
  dead: ["此链接已失效", "This link is no longer valid"],
  deadHint: ["请向主持人索取新的大屏链接", "Ask the host for the new link to the screen"],
  bank: ["题库：{bank}", "Bank: {bank}"],
  join: ["扫码加入", "Scan to join"],
  joinHint: ["用 Telegram 打开，选择队伍", "Opens in Telegram; choose your team"],
  rules: ["规则", "Rules"],
  teams: ["参赛队伍", "Teams"],
  players: ["参赛选手", "Players"],
  individuals: ["个人榜", "Players"],
  nobody: ["虚位以待", "Nobody yet"],
  captain: ["队长", "Captain"],
  ready: ["已准备", "Ready"],
  people: ["{n} 人", "{n}"],
  more: ["另有 {n} 支队伍", "and {n} more"],
  moreNames: ["等 {n} 人", "and {n} more"],
  question: ["第 {n} 题", "Question {n}"],
  questionOf: ["第 {n} / {of} 题", "Question {n} of {of}"],
  extra: ["加赛第 {n} 题", "Tie-break {n}"],
  value: ["答对 {right} · 答错 {wrong}", "right {right} · wrong {wrong}"],
  valueRight: ["答对 {right}", "right {right}"],
  unscored: ["只定名次，不计分", "decides places, no points"],
  stake: ["本题分值 {points}", "Stake {points}"],
  stakes: ["可选：{points}", "Stakes: {points}"],
  said: ["作答", "Answered"],
  only: ["仅限：{teams}", "Only: {teams}"],
  begins: ["比赛即将开始", "About to begin"],
  next: ["即将进入{what}", "Next: {what}"],
  ends: ["即将公布最终成绩", "Final standings next"],
  nextIn: ["下一题", "Next question"],
  sending: ["{what}，请看手机", "{what}, look at your telephone"],
  again: ["{what}重新作答", "{what} once more"],
  table: ["比分", "Score"],
  right: ["回答正确", "Right"],
  wrong: ["回答错误", "Wrong"],
  wrongAnswer: ["答错", "wrong"],
  rightAnswer: ["正确答案", "Right answer"],
  chosen: ["选择", "Chosen"],
  explanation: ["解析", "Why"],
  fastest: ["最快", "Fastest"],
  answered: ["{answered} 人作答，{correct} 人答对", "{answered} answered, {correct} right"],
  progress: ["已作答 {answered} / {of}", "{answered} of {of} have answered"],
  paused: ["比赛暂停", "Paused"],
  pausedHint: ["稍后继续，请勿离席", "It goes on shortly"],
  pausedItself: ["题目暂时无法送达，等待主持人处理", "Questions do not arrive at present; the host takes care of it"],
  aborted: ["比赛已终止", "Called off"],
  finished: ["最终成绩", "Final standings"],
  rank: ["第 {n} 名", "No. {n}"],
  first: ["冠军", "Champion"],
  second: ["亚军", "Second"],
  third: ["季军", "Third"],
  record: ["对 {right} · 错 {wrong}", "{right} right · {wrong} wrong"],
  page: ["{n} / {of}", "{n} / {of}"],
  seconds: ["秒", "s"],
  points: ["{n} 分", "{n}"],
  true_option: ["正确", "True"],
  false_option: ["错误", "False"],

  kind_single: ["单选", "One answer"],
  kind_several: ["多选", "Several answers"],
  kind_true_false: ["判断", "True or false"],
  kind_fill_in: ["填空", "Fill in"],
  kind_oral: ["口答", "Oral"],

  segment_buzzer: ["抢答题", "Buzzer"],
  segment_everyone: ["全员题", "Everyone"],
  segment_required: ["必答题", "Required"],
  segment_risk: ["风险题", "Risk"],
  segment_speech: ["演讲", "Speech"],

  phase_asking: ["题目发送中", "On its way"],
  phase_reading: ["阅读题目", "Reading"],
  phase_buzzing: ["抢答", "Buzz"],
  phase_settling: ["正在确认先后", "Who was first?"],
  phase_called: ["抢到！", "First!"],
  phase_starting: ["请开始作答", "Begin to answer"],
  phase_answering: ["正在作答", "Answering"],
  phase_collecting: ["全员作答", "Everyone answers"],
  phase_interval: ["稍候", "A moment"],
  phase_staking: ["请选择分值", "Choose the stake"],
  phase_judging: ["评委裁定中", "The judges decide"],
  phase_offering: ["请选择分值", "Choose the stake"],
  phase_summoned: ["请上台", "To the stage, please"],
  phase_talking: ["演讲进行中", "Speaking"],
  phase_unscored: ["等待主持人处理", "The host decides"],
  phase_closing: ["等待申诉期结束", "Protests may still be made"],
  phase_scoring: ["评委打分中", "The judges score"],
  phase_drilling: ["手速测试", "Latency drill"],
  phase_other: ["进行中", "Under way"],

  reason_nobody_buzzed: ["无人抢答，本题作废", "Nobody buzzed; the question is void"],
  reason_false_start: ["抢答犯规，本题作废", "False start; the question is void"],
  reason_not_started: ["未在规定时间内开始作答", "Did not begin in time"],
  reason_not_answered: ["未在规定时间内作答", "Did not answer in time"],

  notice_rebound: ["{team}答错，其他队可以抢答", "{team} was wrong; it goes to the others"],
  notice_false_start: ["{team}抢答犯规 {points}", "False start: {team} {points}"],
  notice_lost: ["本轮不计，本题重新作答", "This round does not count; the question is asked again"],
  notice_again: ["上一轮不计，本题重新作答", "The round before does not count; here it is again"],
  notice_replaced: ["本题替换了上一题", "This question stands in for the one before"],
  notice_voided: ["本题作废，得分已收回", "The question is void; its points are taken back"],
  notice_voidedNumber: ["第 {number} 题作废，得分已收回", "Question {number} is void; its points are taken back"],
  notice_overruled_right: ["{what}改判：回答正确", "Ruled anew, {what}: right"],
  notice_overruled_wrong: ["{what}改判：回答错误", "Ruled anew, {what}: wrong"],
  notice_corrected: ["{team} {points} 分（人工调整）", "{team} {points} by hand"],
  notice_drawn: ["抽签顺序：{teams}", "Drawn by lot: {teams}"],
  notice_staked: ["{team}选择 {stake} 分", "{team} stakes {stake}"],
  notice_passed: ["{team}放弃本轮", "{team} passes"],
  notice_chief: ["交由评委长裁定", "The chief judge decides"],
  notice_protested: ["{team}提出申诉", "{team} protests"],
  notice_extended: ["延时 {stake} 秒", "{stake} s more"],
  notice_scored: ["{team}得分 {stake}", "{team} scores {stake}"],
  notice_skipped: ["{team}未评分，比赛继续", "{team} is not scored; the contest goes on"],
  notice_sudden_death: ["加赛：一题定胜负", "Sudden death: this question decides"],
  notice_substituted: ["{team}换人：{on} 换下 {off}", "{team}: {on} comes on for {off}"],
  notice_protest_upheld: ["申诉成立：{what}改判（{team}）", "Protest upheld ({team}): {what} is ruled anew"],
  notice_protest_rejected: ["申诉驳回：{what}维持原判（{team}）", "Protest rejected ({team}): the ruling on {what} stands"],
  notice_protest_void: ["申诉成立：{what}作废（{team}）", "Protest upheld ({team}): {what} is void"],
  reason_not_judged: ["评委未作裁定，本题作废", "No judge ruled; the question is void"],
  protestOpen: ["申诉审议中：{what}（{team}），评委已投 {in} / {of}", "Protest under review: {what} ({team}), {in} of {of} judges have voted"],
  protestChief: ["申诉审议中：{what}（{team}），由评委长裁定", "Protest under review: {what} ({team}), the chief judge decides"],
  votesIn: ["评委已投 {in} / {of}", "{in} of {of} judges have voted"],
  scoresIn: ["评委已打分 {in} / {of}", "{in} of {of} judges have scored"],
  aQuestion: ["本题", "the question"],
  speaker: ["第 {n} / {of} 位", "{n} of {of}"],
  dropped: ["不计", "dropped"],
  finalScore: ["得分 {n}", "{n} points"],
  picture: ["题目配图", "Picture of the question"],
  pictureElsewhere: ["🖼 配图请看手机", "🖼 Picture on your telephone"],
  sound: ["🔊 本题有音频，请听手机", "🔊 With a sound: listen on your telephone"],
  drillSent: ["手速测试按钮发送中", "The button of the drill is on its way"],
  drillPress: ["请立即按手机上的按钮", "Press the button on your telephone now"],
  drillIn: ["已按 {n} / {of}", "{n} of {of} have pressed"],
  drillFree: ["仅测试网络延迟，不计分", "Only measures the network; it does not count"],
  drillMedian: ["中位数 {n} ms", "Median {n} ms"],
  drillMissing: ["{n} 人未按", "{n} did not press"],
  bout: ["第 {n} 场", "Bout {n}"],
  boutOf: ["{tournament} · {stage} · 第 {n} 场", "{tournament} · {stage} · bout {n}"],
  boutAlone: ["{tournament} · {stage}", "{tournament} · {stage}"],
  bout_waiting: ["待赛", "to come"],
  bout_open: ["进行中", "under way"],
  bout_tied: ["同分待定", "tied"],
  bout_decided: ["已结束", "over"],
  bout_flagged: ["成绩待确认", "to be confirmed"],
  source_hand: ["录入成绩", "by hand"],
  source_bye: ["轮空", "bye"],
  source_walk_over: ["不战而胜", "walk-over"],
  turn: ["第 {n} 轮", "round {n}"],
  toCome: ["待定", "to be drawn"],
  byLot: ["抽签", "by lot"],
  through: ["晋级", "goes on"],
  entered: ["已报名 {n} 队", "{n} teams have entered"],
  nowPlayed: ["正在进行", "Now being played"],
  gathering: ["等待开始", "gathering"],
  calledOff: ["赛事已取消", "Called off"],
  why: ["原因：{why}", "Reason: {why}"],
};

export const LANGUAGES = ["zh-CN", "en", "zh-TW"];
let language = "zh-CN";

export const lang = () => language;

export function speak(code) {
  language = LANGUAGES.includes(code) ? code : "zh-CN";
  document.documentElement.lang = language;
}

export const known = (key) => key in WORDS;

export function t(key, places = {}) {
  const words = WORDS[key];
  if (!words) return "";
  const said = language === "en" ? words[1] : (language === "zh-TW" && TAIWAN[key]) || words[0];
  return said.replace(/\{(\w+)\}/g, (_, name) => String(places[name] ?? ""));
}

/** A text that the server gives by language. */
export const told = (texts) =>
  texts?.[language] ?? (language === "en" ? null : texts?.["zh-CN"]) ?? Object.values(texts ?? {})[0] ?? "";

/** A score as people write it; with decimals it is kept as a whole number of the smallest unit. */
export function score(points, decimals = 0) {
  const shown = decimals ? (points / 10 ** decimals).toFixed(decimals) : String(points);
  return shown.replace("-", "−");
}

export const signed = (points) => (points > 0 ? `+${points}` : points < 0 ? `−${-points}` : "0");

/** What a question is called: by its number, beyond the plan as a tie-break. */
export function called(number, of, whole = false) {
  if (of && number > of) return t("extra", { n: number - of });
  return whole && of ? t("questionOf", { n: number, of }) : t("question", { n: number });
}

/** Which bout of which tournament a contest is. */
export function boutWords(bout) {
  return t(bout.alone ? "boutAlone" : "boutOf", { tournament: bout.tournament, stage: told(bout.stage), n: bout.bout });
}

/** "第 3 题", or just "the question" where its number is not known. */
export const numbered = (number, of) => (number ? called(number, of) : t("aQuestion"));

export const segmentWord = (kind) => t(`segment_${kind}`);
export const phaseWord = (name) => t(known(`phase_${name}`) ? `phase_${name}` : "phase_other");

/** How wide a text is, in Latin letters: a Chinese character counts two. */
export function width(words) {
  let sum = 0;
  for (const letter of words) sum += letter > "\u2e7f" ? 2 : 1;
  return sum;
}
