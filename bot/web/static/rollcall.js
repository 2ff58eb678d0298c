// Asks every second what is to be shown; a lost connection shows no code, for an old one would only be refused.
const at = (id) => document.getElementById(id);
const here = location.pathname.replace(/\/$/, "");
let shown = "";
let words = { again: "…" };

function show(now) {
  words = now.words;
  at("how").textContent = words.how;
  at("word_came").textContent = words.came;
  at("word_expected").textContent = words.expected;
  at("title").textContent = now.title;
  at("unit").textContent = now.unit;
  at("came").textContent = now.came;
  at("expected").textContent = now.expected;
  at("on").hidden = now.code === null;
  at("off").hidden = now.code !== null;
  at("off").textContent = now.open ? words.button : words.over;
  if (now.code === null) return;
  at("code").textContent = `${now.code.slice(0, 3)} ${now.code.slice(3)}`;
  at("left").style.width = `${Math.max(0, Math.min(100, (100 * now.left) / now.seconds))}%`;
  if (now.code !== shown) {
    shown = now.code;
    at("picture").src = `${here}/code.svg?${shown}`;
  }
}

async function look() {
  try {
    const answer = await fetch(`${here}/now`, { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.status);
    show(await answer.json());
  } catch {
    at("on").hidden = true;
    at("off").hidden = false;
    at("off").textContent = words.again;
  }
  setTimeout(look, 1000);
}

look();
