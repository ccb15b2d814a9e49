// The search page: loads pagefind at the first keystroke, and asks nobody else.
const box = document.getElementById("search");
const input = document.getElementById("q");
const status = document.getElementById("search-status");
const list = document.getElementById("results");
const more = document.getElementById("more");
const filters = document.getElementById("filters");
const NAMES = ["country", "topic", "stage", "year", "kind"];
const STEP = 10;
let engine, found = [], shown = 0, turn = 0;

box.hidden = false;

async function load() {
  if (!engine) {
    engine = await import(new URL(box.dataset.root + "pagefind/pagefind.js", document.baseURI));
    await engine.init();
    showFilters(await engine.filters());
  }
  return engine;
}

function showFilters(all) {
  for (const name of NAMES.filter((n) => all[n])) {
    const label = document.createElement("label");
    const select = document.createElement("select");
    select.name = name;
    select.append(new Option("any", ""));
    for (const value of Object.keys(all[name]).sort()) select.append(new Option(`${value} (${all[name][value]})`, value));
    select.addEventListener("change", search);
    label.append(name[0].toUpperCase() + name.slice(1) + " ", select);
    filters.append(label);
  }
}

function chosen() {
  const wanted = {};
  for (const select of filters.querySelectorAll("select")) if (select.value) wanted[select.name] = select.value;
  return wanted;
}

async function search() {
  const now = ++turn;
  const words = input.value.trim();
  const wanted = engine ? chosen() : {};
  if (!words && !Object.keys(wanted).length) {
    list.replaceChildren();
    status.textContent = "";
    more.hidden = true;
    return;
  }
  try {
    const answer = await (await load()).search(words || null, { filters: wanted });
    if (now !== turn) return;
    found = answer.results;
    shown = 0;
    list.replaceChildren();
    status.textContent = found.length === 1 ? "1 page" : `${found.length} pages`;
    await showMore(now);
  } catch {
    status.textContent = "The search index is not here: it is made by “digest build --search” and “make publish”.";
  }
}

async function showMore(now) {
  const pages = await Promise.all(found.slice(shown, shown + STEP).map((r) => r.data()));
  if (now !== turn) return;
  for (const page of pages) {
    const item = document.createElement("li");
    const heading = document.createElement("h3");
    const link = document.createElement("a");
    link.href = new URL(box.dataset.root + page.raw_url.replace(/^\//, ""), document.baseURI);
    link.textContent = page.meta.title;
    heading.append(link);
    const text = document.createElement("p");
    text.append(...marked(page.excerpt));
    const about = document.createElement("p");
    about.className = "meta";
    for (const name of ["kind", "stage", "country", "year"]) {
      const part = document.createElement("span");
      part.textContent = (page.filters[name] ?? []).slice(0, 3).join(", ");
      if (part.textContent) about.append(part, " ");
    }
    item.append(heading, about, text);
    list.append(item);
  }
  shown += pages.length;
  more.hidden = shown >= found.length;
}

// The excerpt is HTML with <mark>; it is shown as text, with marks made here.
function marked(html) {
  const plain = new DOMParser().parseFromString(html, "text/html").body;
  return [...plain.childNodes].map((node) => {
    if (node.nodeName !== "MARK") return node.textContent;
    const mark = document.createElement("mark");
    mark.textContent = node.textContent;
    return mark;
  });
}

let timer;
input.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, 150);
});
more.addEventListener("click", () => showMore(turn));

const asked = new URLSearchParams(location.search).get("q");
if (asked) {
  input.value = asked;
  search();
}
