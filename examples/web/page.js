// The page keeps what was said in this tab only; the worker has the library and keeps nothing.

const KEY = "sitriage";
// after a day the first answers are out of date (`keeps_days` of the rules)
const KEPT_MS = 24 * 60 * 60 * 1000;
const LADDER = [
  ["self_care", "✓", "Exercise at home"],
  ["routine", "…", "Book a visit"],
  ["soon", "!", "See someone soon"],
  ["same_day", "!!", "Get help today"],
  ["emergency", "!!!", "Get help now"],
];

const [cannotRun, cannotWhy, firstWords, begin, region, past, talk, now, status, erase] = [
  "cannot-run", "cannot-why", "first-words", "begin", "region", "past", "talk", "now", "status", "erase",
].map((id) => document.getElementById(id));

function make(tag, traits = {}, ...inner) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(traits)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...inner);
  return made;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// ---- the worker

function startWorker() {
  // a worker from a blob inherits the content security policy of the page; one from a file has none
  const source = `import ${JSON.stringify(new URL("worker.js", document.baseURI).href)};`;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  const waiting = new Map();
  let last = 0;
  worker.addEventListener("message", ({ data }) => {
    const { resolve, reject } = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.failed) reject(new Error(data.failed));
    else resolve(data.reply);
  });
  worker.addEventListener("error", () => {
    for (const { reject } of waiting.values()) reject(new Error("the worker cannot start"));
    waiting.clear();
  });
  return (given) => new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    worker.postMessage({ id: last, given });
  });
}

// ---- what was said: one entry for each screen, `{state, shown}` and, once answered, `said`

let talked = restored();

function restored() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    if (kept && Date.now() - kept.at < KEPT_MS) return kept;
  } catch { /* nothing was kept, or keeping is switched off: the page works without */ }
  return { region: "international", screens: [] };
}

function keep() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...talked, at: Date.now() }));
  } catch { /* as above */ }
}

// ---- where we are: `at` counts the screens before and with this one, 0 is the beginning; the browser's
// own back button leads to `base` at most without leaving this visit

const at = () => Math.min(history.state?.at ?? talked.screens.length, talked.screens.length);

function goTo(place) {
  history.pushState({ at: place, base: history.state.base }, "");
  show();
}

function goBack() {
  if (at() > history.state.base) history.back();
  else {
    history.replaceState({ at: at() - 1, base: at() - 1 }, "");
    show();
  }
}

// ---- showing

function show(moveFocus = true) {
  const place = at();
  const before = talked.screens.slice(0, Math.max(0, place - 1));
  const screen = talked.screens[place - 1];
  status.textContent = "";
  firstWords.hidden = begin.hidden = place > 0;
  erase.hidden = talked.screens.length === 0;
  past.hidden = before.length === 0;
  past.open = screen?.shown.kind === "question";
  talk.replaceChildren(...before.map(turnItem));
  now.hidden = !screen;
  if (!screen) {
    region.value = talked.region;
    now.replaceChildren();
    if (moveFocus) begin.querySelector("button").focus();
    return;
  }
  now.className = `bubble ours ${screen.shown.kind}`;
  now.replaceChildren(...(screen.shown.kind === "question" ? question(screen) : verdict(screen.shown)));
  if (moveFocus) {
    const heading = now.querySelector("h2");
    heading.focus({ preventScroll: true });
    now.scrollIntoView();
  }
}

function turnItem({ shown, said }) {
  const yes = said.filter(([, , calm]) => !calm);
  const no = said.length - yes.length;
  const lines = yes.map(([label, answer]) => `${capital(label)}: ${answer}`);
  const open = shown.parts.length - said.length;
  if (no > 0) lines.push(no === shown.parts.length ? (no > 1 ? `No to all ${no}` : "No")
    : yes.length && !open ? `No to the other ${no}` : `No to ${no}`);
  if (open > 0) lines.push(said.length ? `Skipped the other ${open}` : "Skipped");
  const all = make("details", {}, make("summary", {}, "Show all"),
    make("ul", {}, ...said.map(([label, answer]) => make("li", {}, `${capital(label)}: ${answer}`))));
  return make("li", {},
    make("p", { className: "bubble ours" }, hidden("We asked: "), shown.text),
    make("div", { className: "bubble yours" }, hidden("You said: "),
      ...lines.map((line) => make("p", {}, line)), ...(no > 0 ? [all] : [])));
}

const hidden = (text) => make("span", { className: "unseen" }, text);

function title(...inner) {
  return make("h2", { tabIndex: -1 }, ...inner);
}

// ---- a question

function question(screen) {
  const { shown } = screen;
  const { parts } = shown;
  const short = parts.length > 1 && parts[0].kind === "yes_no";
  const rows = new Map(parts.map((part) => [part, asked(part, short)]));
  const fields = make("fieldset", {}, make("legend", { className: "unseen" }, shown.text));
  let section = shown.text;
  for (const [part, row] of rows) {
    if (short && part.section !== section) fields.append(make("h3", { className: "group" }, part.section));
    section = part.section;
    fields.append(row);
  }
  if (parts.length === 1) fields.querySelector(".name").classList.add("unseen");
  const wrong = make("p", { className: "wrong", role: "alert" });
  const send = make("button", { className: "main" });
  const skip = make("button", { type: "button" });
  const back = make("button", { type: "button" }, "Back");
  fields.append(wrong, make("p", { className: "buttons" }, send, skip, back));
  const form = make("form", { noValidate: true, autocomplete: "off" }, fields);

  const label = () => {
    send.textContent = short ? sendLabel(rows) : "Send";
    // what is marked is sent all the same
    const marked = Object.keys(answersIn(rows)).length > 0;
    skip.textContent = parts.length === 1 ? "Skip this" : marked ? "Skip the rest" : "Skip these";
  };
  label();
  form.addEventListener("change", label);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answers = answersIn(rows);
    // what was seen in a list and left unmarked is a no; the button says so
    if (short) for (const { id } of parts) answers[id] ??= false;
    const missing = parts.filter(({ id }) => answers[id] === undefined);
    for (const [part, row] of rows) row.classList.toggle("missing", missing.includes(part));
    if (missing.length) {
      wrong.textContent = `Please answer, or choose “not sure”: ${missing.map(wanted).join("; ")}.`;
      rows.get(missing[0]).querySelector("input").focus();
    } else answer(screen, fields, answers);
  });
  skip.addEventListener("click", () => answer(screen, fields, answersIn(rows)));
  back.addEventListener("click", () => { fields.disabled = true; goBack(); });

  const most = talked.screens[0].shown.left;
  return [
    title(shown.text),
    make("p", { className: "soft" }, shown.why),
    make("div", { className: "progress" },
      make("progress", { max: most + 1, value: most + 1 - shown.left, ariaLabel: "How far you are" }),
      make("span", {}, `Page ${at()}`)),
    form,
  ];
}

const wanted = (part) => part.kind === "number" ? `${part.label} (${span(part)})` : part.label;

function span({ min, max, unit }) {
  return `a whole number from ${min} to ${max}` + (unit.includes(`${min}-${max}`) ? "" : ` ${unit}`);
}

function sendLabel(rows) {
  const open = rows.size - Object.keys(answersIn(rows)).length;
  if (open === rows.size) return "None of these fit me";
  return open ? `Send, and no to the other ${open}` : "Send";
}

function answersIn(rows) {
  const answers = {};
  for (const [part, row] of rows) {
    const marked = [...row.querySelectorAll(".choice input")].findIndex((each) => each.checked);
    const typed = row.querySelector("input[type=text]")?.value.trim();
    if (marked >= 0) [answers[part.id]] = part.choices[marked];
    else if (/^\d+$/.test(typed) && typed >= part.min && typed <= part.max) answers[part.id] = Number(typed);
  }
  return answers;
}

function asked(part, short) {
  const help = `${part.id}-help`;
  const type = part.kind === "number" ? "checkbox" : "radio";
  const choices = part.choices.map(([, label]) => make("label", { className: "choice" },
    make("input", { type, name: part.id }), make("span", {}, capital(label))));
  const text = short ? capital(part.label) : part.text;
  if (part.kind === "number") {
    const typed = make("input", {
      type: "text", inputMode: "numeric", id: part.id, autocomplete: "off", maxLength: 6,
      "aria-describedby": help,
    });
    const unsure = choices[0].querySelector("input");
    typed.addEventListener("input", () => { unsure.checked = false; });
    unsure.addEventListener("change", () => { if (unsure.checked) typed.value = ""; });
    return make("div", { className: "part", "data-id": part.id },
      make("label", { htmlFor: part.id, className: "name" }, text),
      make("div", { id: help, className: "help" }, ...lines(`${capital(span(part))}. ${part.help}`)),
      make("div", { className: "choices" }, typed, ...choices));
  }
  const shownHelp = lines(part.help);
  // a question about a list needs the list in view
  const more = short && !part.help.includes("\n")
    ? make("details", {}, make("summary", {}, "What counts?", hidden(` ${part.label}`)),
      make("p", {}, part.text), ...shownHelp)
    : make("div", { className: "help" }, ...shownHelp);
  return make("fieldset", { className: "part", "data-id": part.id },
    make("legend", { className: "name" }, text),
    make("div", { className: "choices" }, ...choices),
    ...(part.help || short ? [more] : []));
}

// a line that begins with a dash belongs to a list
function lines(text) {
  const made = [];
  for (const line of text.split("\n").filter(Boolean)) {
    if (!line.startsWith("- ")) made.push(make("p", {}, line));
    else {
      if (made.at(-1)?.tagName !== "UL") made.push(make("ul"));
      made.at(-1).append(make("li", {}, line.slice(2)));
    }
  }
  return made;
}

// ---- answering

let answering = false;

async function answer(screen, fields, answers) {
  if (answering) return;
  answering = true;
  fields.disabled = true;
  const place = at();
  status.textContent = "One moment…";
  const open = screen.shown.parts.map(({ id }) => id).filter((id) => answers[id] === undefined);
  try {
    const next = await ask({ state: screen.state, answers, open, region: talked.region });
    // the person may have gone back meanwhile
    if (at() !== place || talked.screens[place - 1] !== screen) return;
    screen.said = said(screen.shown, answers);
    talked.screens = [...talked.screens.slice(0, place), next];
    keep();
    goTo(place + 1);
  } catch (error) {
    failed(error);
  } finally {
    answering = false;
  }
}

function said({ parts }, answers) {
  return parts.filter(({ id }) => answers[id] !== undefined).map((part) => {
    const given = answers[part.id];
    const named = part.choices.find(([value]) => value === given);
    return [part.label, named ? named[1] : String(given), given === false];
  });
}

function failed(error) {
  console.error(error.message);
  cannotWhy.textContent = "Something went wrong, so this page cannot give you an answer you can trust. "
    + "Load it again. If that does not help, erase your answers and start again.";
  cannotRun.hidden = false;
  begin.hidden = now.hidden = true;
  status.textContent = "";
}

// ---- the verdict

function verdict(shown) {
  const step = LADDER.findIndex(([urgency]) => urgency === shown.urgency);
  const [, sign, name] = LADDER[step];
  const print = make("button", { type: "button", className: "main" }, "Print or save");
  print.addEventListener("click", () => window.print());
  const back = make("button", { type: "button" }, "Back");
  back.addEventListener("click", goBack, { once: true });
  const ladder = make("ol", { className: "ladder", ariaLabel: "How urgent this is, from the least to the most" },
    ...LADDER.map(([, , each], rung) => rung === step
      ? make("li", { "aria-current": "true" }, each, hidden(" (this is you)"))
      : make("li", {}, each)));
  return [
    make("div", { className: `banner ${shown.urgency}` },
      make("p", { className: "level" }, make("span", { className: "sign", ariaHidden: "true" }, sign), name),
      title(shown.headline)),
    ladder,
    ...shown.sections.map(sectionOf),
    ...(shown.why_stop ? [make("p", { className: "soft" }, `Why we stopped asking: ${shown.why_stop}`)] : []),
    make("p", { className: "note" }, shown.note),
    make("p", { className: "soft" }, `Made on ${shown.made} with rules ${shown.rules}.`),
    make("p", { className: "buttons" }, print, back),
  ];
}

function sectionOf({ id, title: name, folded, lines: rows }) {
  const inner = id === "exercises"
    ? make("ol", { className: "moves" }, ...rows.map(exercise))
    : make("ul", {}, ...rows.map((row) => {
      const [first, ...rest] = row.split("\n- ");
      return make("li", {}, first, ...(rest.length ? [make("ul", {}, ...rest.map((each) => make("li", {}, each)))] : []));
    }));
  if (folded) return make("details", { className: "section" }, make("summary", {}, make("h3", {}, name)), inner);
  return make("section", { className: `section ${id}` }, make("h3", {}, name), inner);
}

function exercise({ label, side, doses, steps, why }) {
  return make("li", {},
    make("h4", {}, label, " ", make("span", { className: "side" }, side)),
    ...doses.map((dose) => make("p", { className: "dose" }, dose)),
    make("ol", { className: "steps" }, ...steps.map((each) => make("li", {}, each))),
    ...why.map((each) => make("p", { className: "soft" }, each)));
}

let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...now.querySelectorAll("details:not([open])")];
  for (const each of opened) each.open = true;
});
window.addEventListener("afterprint", () => { for (const each of opened) each.open = false; });

// ---- beginning

function begun() {
  let first = ask({ state: null });
  first.catch(failed);
  begin.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = begin.querySelector("button");
    if (button.disabled) return;
    button.disabled = true;
    status.textContent = "Getting ready. This can take some seconds…";
    try {
      const screen = await first;
      talked = { region: region.value, screens: [screen] };
      keep();
      goTo(1);
    } catch { /* said by `failed` */ } finally {
      button.disabled = false;
    }
  });
}

erase.addEventListener("click", () => {
  try {
    sessionStorage.removeItem(KEY);
  } catch { /* keeping is switched off */ }
  history.replaceState({ at: 0, base: 0 }, "");
  // the worker forgets too
  location.reload();
});

window.addEventListener("popstate", () => show());

let ask;
if (typeof WebAssembly === "object" && typeof Worker === "function") {
  cannotRun.hidden = true;
  ask = startWorker();
  begun();
  // a visit to the page by its address goes on where this tab was
  if (!history.state) history.replaceState({ at: talked.screens.length, base: talked.screens.length }, "");
  show(false);
}
