// The form of an interview: shows one screen, sends what was pressed. It decides nothing and keeps nothing.
function make(tag, properties = {}, ...inside) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...inside);
  return made;
}

function choices(item, chosen) {
  const name = `sitriage-${item.id}-${Math.random().toString(36).slice(2)}`;
  return item.choices.map(([value, label]) => {
    const input = make("input", { type: "radio", name });
    input.addEventListener("change", () => chosen(value));
    return make("label", { className: "choice" }, input, make("span", { textContent: label }));
  });
}

function number(item, chosen, clear) {
  const input = make("input", { type: "text", inputMode: "numeric", autocomplete: "off" });
  input.addEventListener("input", () => {
    clear();
    // only digits are a number; Python says what is wrong with any other
    chosen(input.value === "" ? undefined : /^\d{1,6}$/.test(input.value) ? Number(input.value) : input.value);
  });
  const unsure = choices(item, value => { input.value = ""; chosen(value); });
  return [make("label", { className: "number" }, make("span", { textContent: item.range }), input), ...unsure];
}

function ask(screen, send) {
  const answers = new Map();
  const wrong = make("p", { className: "wrong", role: "alert", textContent: screen.wrong ?? "" });
  const parts = [];
  let section = null;
  for (const item of screen.items) {
    if (screen.items.length > 1 && item.section !== section) parts.push(make("h3", { textContent: section = item.section }));
    const part = make("fieldset", {}, make("legend", { textContent: item.text }));
    part.dataset.id = item.id;
    if (item.help) part.append(make("p", { className: "help", textContent: item.help }));
    const chosen = value => value === undefined ? answers.delete(item.id) : answers.set(item.id, value);
    const clear = () => part.querySelectorAll("input[type=radio]").forEach(each => { each.checked = false; });
    const inputs = item.kind === "number" ? number(item, chosen, clear) : choices(item, chosen);
    part.append(make("div", { className: "choices" }, ...inputs));
    parts.push(part);
  }
  const go = others => {
    const missing = screen.items.filter(item => !answers.has(item.id));
    if (others) missing.forEach(item => answers.set(item.id, false));
    else if (missing.length) {
      wrong.textContent = "Please answer each of these, or leave the screen open.";
      parts.find(part => part.dataset.id === missing[0].id)?.querySelector("input").focus();
      return;
    }
    send({ do: "answer", answers: Object.fromEntries(answers) });
  };
  const button = (text, press, main = false) => {
    const made = make("button", { type: "button", textContent: text, className: main ? "main" : "" });
    made.addEventListener("click", press);
    return made;
  };
  const buttons = [button("Go on", () => go(false), true)];
  if (screen.none) buttons.push(button("No to all the others", () => go(true)));
  buttons.push(button("Leave this open", () => send({ do: "skip", answers: Object.fromEntries(answers) })));
  if (screen.back) buttons.push(button("Back", () => send({ do: "back" })));
  return [
    make("p", { className: "progress", textContent: screen.progress }),
    make("h2", { textContent: screen.title, tabIndex: -1 }),
    make("p", { textContent: screen.why }),
    ...parts, wrong, make("div", { className: "buttons" }, ...buttons),
  ];
}

function tell(screen, send) {
  // the card comes from the one writer of HTML in Python, which escapes every text
  const card = make("div", { innerHTML: screen.verdict });
  const back = make("button", { type: "button", textContent: "Back" });
  back.addEventListener("click", () => send({ do: "back" }));
  const why = make("h2", { className: "end", textContent: screen.why || "The result", tabIndex: -1 });
  return [why, card, make("div", { className: "buttons" }, back)];
}

function render({ model, el }) {
  const form = make("div", { className: "sitriage-form", lang: "en" });
  const show = first => {
    const screen = model.get("screen");
    const send = message => model.send({ of: screen.of, ...message });
    form.replaceChildren(...("verdict" in screen ? tell : ask)(screen, send));
    if (first !== true) form.querySelector("h2").focus();
  };
  model.on("change:screen", show);
  show(true);
  el.append(form);
  return () => model.off("change:screen", show);
}

export default { render };
