import { loadPyodide } from "./pyodide/pyodide.mjs";

const here = (name) => new URL(name, import.meta.url).href;

async function file(name) {
  const answer = await fetch(here(name));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer;
}

async function start() {
  const pyodide = await loadPyodide({ indexURL: here("pyodide/") });
  const wheels = await (await file("wheels.json")).json();
  const packed = await Promise.all(wheels.map(async (name) => (await file(`wheels/${name}`)).arrayBuffer()));
  for (const each of packed) pyodide.unpackArchive(each, "whl");
  pyodide.FS.writeFile("chat.py", await (await file("chat.py")).text());
  return pyodide.pyimport("chat").turn;
}

const ready = start();

self.addEventListener("message", async ({ data }) => {
  try {
    const turn = await ready;
    self.postMessage({ id: data.id, reply: JSON.parse(turn(JSON.stringify(data.given))) });
  } catch (error) {
    self.postMessage({ id: data.id, failed: String(error) });
  }
});
