// The people's side of the sandbox over HTTP. Every call either gives what it says or throws a TownError.

export class TownError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { cache: "no-store", ...options });
  } catch (error) {
    throw new TownError(error.message, 0);
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new TownError(body.error ?? body.description ?? `HTTP ${response.status}`, response.status);
  return body;
}

function post(path, body) {
  return call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

const query = (parts) => new URLSearchParams(Object.entries(parts).filter(([, part]) => part !== undefined)).toString();

export const scene = () => call("/sandbox/scene");
export const users = () => call("/sandbox/users");
export const chats = (me) => call(`/sandbox/chats?${query({ as: me })}`);
export const messages = (me, chat, limit) => call(`/sandbox/chats/${chat}/messages?${query({ as: me, limit })}`);
export const say = (me, chat, text, replyTo) =>
  post(`/sandbox/chats/${chat}/messages`, { from: me, text, ...(replyTo ? { reply_to: replyTo } : {}) });
export const edit = (me, chat, message, text) =>
  post(`/sandbox/chats/${chat}/messages/${message}/edit`, { from: me, text });
export const press = (me, chat, message, row, col) =>
  post("/sandbox/press", { from: me, chat_id: chat, message_id: message, row, col });
export const read = (me, chat) => post(`/sandbox/chats/${chat}/read`, { as: me });
export const members = (chat) => call(`/sandbox/chats/${chat}/members`);
export const block = (me, blocked) => post("/sandbox/block", { user_id: me, blocked });
export const commands = (me, chat) => call(`/sandbox/commands?${query({ as: me, chat_id: chat })}`);
export const players = () => call("/sandbox/players");
export const direct = (order) => post("/sandbox/players", order);
export const fileAddress = (fileId) => `/sandbox/files/${encodeURIComponent(fileId)}`;

export function sendFile(me, chat, { file, kind, caption, replyTo }) {
  const form = new FormData();
  form.set("from", String(me));
  form.set("kind", kind);
  if (caption) form.set("caption", caption);
  if (replyTo) form.set("reply_to", String(replyTo));
  form.set("file", file, file.name);
  return call(`/sandbox/chats/${chat}/messages`, { method: "POST", body: form });
}
