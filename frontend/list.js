// The list beside the map: what needs somebody now, or all features of the map; most urgent first, drawn as text nodes only.
import { Seen, needsOf } from "./attention.js";
import { onKeys, press } from "./keys.js";
import { boardUrl, load, loadAll, match, onBoard, taskMatcher } from "./store.js";

const CHUNK = 60;
const MODES = ["attention", "all"];
const MODE_KEPT = "onemap-list";

export function show(component) {
  const host = component.parentElement;
  host.oneMapList ??= new ListView(host);
  host.oneMapList.update(component);
}

export function leave(host) {
  host.oneMapList?.leave();
  delete host.oneMapList;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

class ListView {
  constructor(host) {
    this.mode = sessionStorage.getItem(MODE_KEPT) ?? MODES[0];
    this.tabs = element("div", "onemap-tabs");
    this.tabs.setAttribute("role", "tablist");
    for (const mode of MODES) this.tabs.append(this.tab(mode));
    host.append(this.tabs);
    this.frame = element("div", "onemap-list");
    this.frame.setAttribute("role", "listbox");
    this.frame.tabIndex = 0;
    this.frame.onkeydown = (event) => this.onKey(event);
    host.append(this.frame);
    this.sentinel = element("div", "onemap-more");
    new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.more()).observe(this.sentinel);
    this.order = [];
    this.forget = onBoard(() => this.update(this.component));
    this.deaf = onKeys({
      "/": () => document.querySelector(".st-key-filter-text input")?.focus(),
      j: () => this.move(1),
      k: () => this.move(-1),
      a: () => this.tabs.children[this.mode === "all" ? 0 : 1].click(),
      "[": () => press("as-of-back"),
      "]": () => press("as-of-forward"),
      "?": () => document.querySelector('.st-key-page-links a[href*="guide?"]')?.click(),
      Escape: () => this.component.data.selected && this.pick(this.component.data.selected),
    });
  }

  leave() {
    this.forget();
    this.deaf();
    this.seen?.leave();
    this.tabs.remove();
    this.frame.remove();
  }

  tab(mode) {
    const tab = element("button", "onemap-tab");
    tab.type = "button";
    tab.dataset.mode = mode;
    tab.setAttribute("role", "tab");
    tab.append(element("span", "onemap-tab-name"), element("b", "onemap-tab-count"));
    tab.onclick = () => {
      this.mode = mode;
      sessionStorage.setItem(MODE_KEPT, mode);
      if (this.documents) this.arrange(this.component.data, this.documents);
    };
    return tab;
  }

  nameTabs(counts, words) {
    for (const tab of this.tabs.children) {
      const { mode } = tab.dataset;
      tab.setAttribute("aria-selected", String(mode === this.mode));
      tab.firstChild.textContent = words[mode];
      tab.lastChild.textContent = String(counts[mode]);
    }
  }

  async update(component) {
    this.component = component;
    const { data } = component;
    const url = boardUrl(data);
    try {
      const documents = await loadAll(data);
      if (this.component !== component || boardUrl(data) !== url) return; // another day is shown meanwhile
      this.documents = documents;
      this.arrange(data, documents);
    } catch (error) {
      console.error(error);
      const words = await load(data.words).catch(() => ({}));
      this.frame.replaceChildren(element("p", "onemap-empty", words.failed ?? String(error)));
    }
  }

  arrange(data, { style, features, board, words }) {
    const shown = match(data.rule, features, board, style.letters);
    const rank = Object.fromEntries(Object.entries(style.letters).map(([letter, light]) => [letter, style.lights.indexOf(light)]));
    const fits = taskMatcher(data.rule, board);
    this.main = (i) => mainTask(i, board, rank, fits);
    const keys = features.ids.map((_, i) => {
      const task = this.main(i);
      return rank[board.lights[i]] * 1e5 + (task === undefined ? 9e4 : (board.task.daysLeft[task] ?? 5e3));
    });
    const all = [...shown.keys()].filter((i) => shown[i]).sort((a, b) => keys[a] - keys[b] || a - b);
    const needs = needsOf(board, features, shown, fits);
    this.seen ??= new Seen(features.campaign.id);
    if (boardUrl(data) === data.board && this.mode === "attention") this.seen.look(needs);
    this.nameTabs({ attention: needs.length, all: all.length }, words);
    this.order = this.mode === "all" ? all : needs;
    const head = this.mode === "all" ? all.slice(0, CHUNK * 4) : needs.map((need) => need.key);
    const signature = JSON.stringify([this.mode, head, all.length, data.lang, boardUrl(data), data.theme, data.rule]);
    this.frame.setAttribute("aria-label", words[this.mode]);
    if (signature !== this.signature) {
      this.signature = signature;
      this.frame.replaceChildren(this.sentinel);
      this.drawn = 0;
      this.more();
      this.frame.scrollTop = 0;
      const none = this.mode === "all" || !all.length ? words.empty : words.calm;
      if (!this.order.length) this.frame.replaceChildren(element("p", "onemap-empty", none));
    }
    this.mark(data.selected);
  }

  more() {
    if (!this.documents) return;
    const next = this.order.slice(this.drawn, this.drawn + CHUNK);
    this.sentinel.before(...next.map((one) => (this.mode === "all" ? this.row(one) : this.need(one))));
    this.drawn += next.length;
    this.sentinel.hidden = this.drawn >= this.order.length;
    this.mark(this.component.data.selected);
  }

  blank(light, id, name) {
    const row = element("button", `onemap-row ${light}`);
    row.type = "button";
    row.dataset.id = id;
    row.setAttribute("role", "option");
    const swatch = Object.assign(element("img", "onemap-light"), {
      src: this.component.data.swatch.replace("LIGHT", light),
      alt: this.documents.words.lights[light],
    });
    const text = element("span", "onemap-text");
    text.append(element("span", "onemap-name", name));
    row.append(swatch, text);
    row.onclick = () => this.pick(id, row.dataset.task);
    return [row, text];
  }

  /** One row of what needs somebody: the task, and in one sentence why. */
  need(entry) {
    const { lang } = this.component.data;
    const { board, features, style, words } = this.documents;
    const id = entry.features[0] ?? "";
    const [row, text] = this.blank(style.letters[entry.light] ?? entry.light, id, board.task[lang][entry.task]);
    row.dataset.task = board.task.ids[entry.task];
    text.append(element("span", "onemap-why", entry[lang]));
    const places = entry.features.map((one) => features[lang][features.ids.indexOf(one)]);
    text.append(element("span", "onemap-what", [board.task.ids[entry.task], ...places].join(" · ")));
    if (this.seen.isNew(entry.key)) text.firstChild.append(element("span", "onemap-new", words.isNew));
    return row;
  }

  row(i) {
    const { data } = this.component;
    const { features, board, style, words } = this.documents;
    const [row, text] = this.blank(style.letters[board.lights[i]], features.ids[i], features[data.lang][i]);
    const task = this.main(i);
    if (task === undefined) text.append(element("span", "onemap-what", words.noTask));
    else this.describe(text, task);
    return row;
  }

  describe(text, task) {
    const { data } = this.component;
    const { features, board, words } = this.documents;
    const lead = board.task.units[task][0];
    const unit = features.unit[lead]?.[data.lang] ?? lead;
    text.append(element("span", "onemap-what", board.task[data.lang][task]));
    text.append(element("span", "onemap-who", `${unit} · ${this.when(task)}`));
    if (board.task.status[task] === "blocked" && board.task.difficulty[task]) {
      text.append(element("span", "onemap-why", fill(words.difficulty, { text: board.task.difficulty[task] })));
    }
  }

  when(task) {
    const { board, features, words } = this.documents;
    const { [task]: days } = board.task.daysLeft;
    const status = board.task.status[task];
    if (status === "done" || status === "accepted" || days === null) return `${words.statuses[status]} ${board.task.percent[task]}%`;
    const silent = board.task.silentDays[task] >= features.campaign.staleDays ? ` · ${fill(words.silent, { days: board.task.silentDays[task] })}` : "";
    const due = days < 0 ? fill(words.overdue, { days: -days }) : days === 0 ? words.today : fill(words.left, { days });
    return `${words.statuses[status]} ${board.task.percent[task]}% · ${due}${silent}`;
  }

  mark(selected) {
    for (const row of this.frame.querySelectorAll(".onemap-row")) {
      row.setAttribute("aria-selected", String(row.dataset.id === selected));
      row.tabIndex = row.dataset.id === selected ? 0 : -1;
      if (row.dataset.id === selected && selected !== this.marked) row.scrollIntoView({ block: "nearest" });
    }
    this.marked = selected;
  }

  onKey(event) {
    let rows = [...this.frame.querySelectorAll(".onemap-row")];
    const at = rows.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && at === rows.length - 1) {
      this.more();
      rows = [...this.frame.querySelectorAll(".onemap-row")];
    }
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined || !rows[to]) return;
    event.preventDefault();
    rows[to].focus();
    rows[to].scrollIntoView({ block: "nearest" });
  }

  /** Choose the next or the last row. */
  move(by) {
    const rows = [...this.frame.querySelectorAll(".onemap-row")];
    const focused = rows.indexOf(document.activeElement); // several rows may be of the feature that is selected
    const at = focused < 0 ? rows.findIndex((row) => row.getAttribute("aria-selected") === "true") : focused;
    const to = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
    to?.focus();
    if (to?.dataset.id && to.getAttribute("aria-selected") !== "true") to.click(); // a row without a place opens another page
  }

  pick(id, task) {
    if (!id) {
      document.location.assign(`task?${new URLSearchParams({ id: task, lang: this.component.data.lang })}`);
      return;
    }
    this.component.setTriggerValue("picked", { id: id === this.component.data.selected ? null : id });
  }
}

/** The task that gives the feature its light, of those that the filter asks for: the worst, then the soonest due. */
function mainTask(i, board, rank, fits) {
  let best;
  let least = Infinity;
  for (const task of board.tasks[i]) {
    if (fits && !fits[task]) continue;
    const key = rank[board.task.light[task]] * 1e5 + (board.task.daysLeft[task] ?? 5e3);
    if (key < least) [best, least] = [task, key];
  }
  return best;
}
