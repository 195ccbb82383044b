// The list beside the map: what needs somebody now, or all features of the map; most urgent first, drawn as text nodes only.
import { Seen } from "./attention.js";
import { element, fill, later, mounted } from "./dom.js";
import { onKeys, press } from "./keys.js";
import { match, needsOf, taskMatcher, urgency } from "./rule.js";
import { boardUrl, load, loadAll, onBoard } from "./store.js";

const CHUNK = 60;
const MODES = ["attention", "all"];
const MODE_KEPT = "onemap-list";

export const { show, leave } = mounted("oneMapList", (/** @type {View.ListComponent} */ component) => new ListView(component));

class ListView {
  /** @type {View.Documents} */
  documents = later();
  /** @type {Seen} */
  seen = later();
  /** What is listed: entries of the attention list, or places of features. @type {{needs: Wire.Need[], all: number[]}} */
  order = { needs: [], all: [] };
  /** @type {ReturnType<typeof urgency>} */
  urgency = later();
  drawn = 0;
  /** @type {string | undefined} */
  signature;
  /** @type {string | null | undefined} */
  marked;

  /** @param {View.ListComponent} component */
  constructor(component) {
    this.component = component;
    this.mode = sessionStorage.getItem(MODE_KEPT) ?? MODES[0];
    this.tabs = element("div", { className: "onemap-tabs", role: "tablist" });
    this.tabOf = Object.fromEntries(MODES.map((mode) => [mode, this.tab(mode)]));
    this.frame = element("div", { className: "onemap-list", role: "listbox", tabIndex: 0 });
    this.frame.onkeydown = (event) => this.onKey(event);
    component.parentElement.append(this.tabs, this.frame);
    this.sentinel = element("div", { className: "onemap-more" });
    new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.more()).observe(this.sentinel);
    this.forget = onBoard(() => this.update(this.component));
    this.deaf = onKeys({
      "/": () => /** @type {HTMLElement | null} */ (document.querySelector(".st-key-filter-text input"))?.focus(),
      j: () => this.move(1),
      k: () => this.move(-1),
      a: () => this.choose(this.mode === "all" ? "attention" : "all"),
      "[": () => press(".st-key-as-of-back button"),
      "]": () => press(".st-key-as-of-forward button"),
      "?": () => press('.st-key-page-links a[href*="guide?"]'),
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

  /** @param {string} mode */
  tab(mode) {
    const name = element("span", { className: "onemap-tab-name" });
    const count = element("b", { className: "onemap-tab-count" });
    const tab = element("button", { className: "onemap-tab", type: "button", "data-mode": mode, role: "tab" }, name, count);
    tab.onclick = () => this.choose(mode);
    this.tabs.append(tab);
    return { tab, name, count };
  }

  /** @param {string} mode */
  choose(mode) {
    this.mode = mode;
    sessionStorage.setItem(MODE_KEPT, mode);
    if (this.documents) this.arrange(this.component.data, this.documents);
  }

  /** @param {string} mode @param {string} name @param {number} count */
  nameTab(mode, name, count) {
    const { tab, name: named, count: counted } = this.tabOf[mode];
    tab.setAttribute("aria-selected", String(mode === this.mode));
    named.textContent = name;
    counted.textContent = String(count);
  }

  /** @param {View.ListComponent} component */
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
      /** @type {Promise<Wire.Words>} */
      const loading = load(data.words);
      const words = await loading.catch(() => null);
      this.frame.replaceChildren(element("p", { className: "onemap-empty" }, words?.failed ?? String(error)));
    }
  }

  /** @param {Wire.ListData} data @param {View.Documents} documents */
  arrange(data, { style, features, board, words }) {
    const shown = match(data.rule, features, board, style.letters);
    const fits = taskMatcher(data.rule, board);
    this.urgency = urgency(style, board, fits);
    const all = this.urgency.ordered(shown);
    const needs = needsOf(board, features, shown, fits);
    this.order = { needs, all };
    this.seen ??= new Seen(features.campaign.id);
    if (boardUrl(data) === data.board && this.mode === "attention") this.seen.look(needs);
    this.nameTab("attention", words.attention, needs.length);
    this.nameTab("all", words.all, all.length);
    const inAll = this.mode === "all";
    const head = inAll ? all.slice(0, CHUNK * 4) : needs.map((need) => need.key);
    const signature = JSON.stringify([this.mode, head, all.length, data.lang, boardUrl(data), data.theme, data.rule]);
    this.frame.setAttribute("aria-label", inAll ? words.all : words.attention);
    if (signature !== this.signature) {
      this.signature = signature;
      this.frame.replaceChildren(this.sentinel);
      this.drawn = 0;
      this.more();
      this.frame.scrollTop = 0;
      const none = inAll || !all.length ? words.empty : words.calm;
      if (!this.listed) this.frame.replaceChildren(element("p", { className: "onemap-empty" }, none));
    }
    this.mark(data.selected);
  }

  /** How many rows there are, drawn or not. */
  get listed() {
    return (this.mode === "all" ? this.order.all : this.order.needs).length;
  }

  more() {
    if (!this.documents) return;
    const [from, to] = [this.drawn, this.drawn + CHUNK];
    const { all, needs } = this.order;
    const rows = this.mode === "all" ? all.slice(from, to).map((i) => this.row(i)) : needs.slice(from, to).map((one) => this.need(one));
    this.sentinel.before(...rows);
    this.drawn += rows.length;
    this.sentinel.hidden = this.drawn >= this.listed;
    this.mark(this.component.data.selected);
  }

  /**
   * A row with its light and its name, and where more is said.
   * @param {Wire.Light} light
   * @param {string} id
   * @param {HTMLElement} name
   * @param {string} [task]
   * @returns {[row: HTMLElement, text: HTMLElement]}
   */
  blank(light, id, name, task) {
    const src = this.component.data.swatch.replace("LIGHT", light);
    const swatch = element("img", { className: "onemap-light", src, alt: this.documents.words.lights[light] });
    const text = element("span", { className: "onemap-text" }, name);
    const attributes = { className: `onemap-row ${light}`, type: "button", role: "option", "data-id": id, "data-task": task };
    const row = element("button", attributes, swatch, text);
    row.onclick = () => this.pick(id, task);
    return [row, text];
  }

  /**
   * One row of what needs somebody: the task, and in one sentence why.
   * @param {Wire.Need} entry
   */
  need(entry) {
    const { lang } = this.component.data;
    const { board, features, style, words } = this.documents;
    const task = board.task.ids[entry.task];
    const isNew = this.seen.isNew(entry.key) ? line("new", words.isNew) : null;
    const name = element("span", { className: "onemap-name" }, board.task[lang][entry.task], isNew);
    const [row, text] = this.blank(style.letters[entry.light], entry.features[0] ?? "", name, task);
    const places = entry.features.map((one) => features[lang][features.ids.indexOf(one)]);
    text.append(line("why", entry[lang]), line("what", [task, ...places].join(" · ")));
    return row;
  }

  /** @param {number} i */
  row(i) {
    const { lang } = this.component.data;
    const { features, board, style, words } = this.documents;
    const [row, text] = this.blank(style.letters[board.lights[i]], features.ids[i], line("name", features[lang][i]));
    const task = this.urgency.mainTask(i);
    if (task === undefined) text.append(line("what", words.noTask));
    else text.append(...this.describe(task));
    return row;
  }

  /** @param {number} task */
  describe(task) {
    const { lang } = this.component.data;
    const { features, board, style, words } = this.documents;
    const lead = board.task.units[task][0];
    const difficulty = style.statuses[board.task.status[task]].blocked && board.task.difficulty[task];
    return [
      line("what", board.task[lang][task]),
      line("who", `${features.unit[lead]?.[lang] ?? lead} · ${this.when(task)}`),
      ...(difficulty ? [line("why", fill(words.difficulty, { text: difficulty }))] : []),
    ];
  }

  /** @param {number} task */
  when(task) {
    const { board, features, style, words } = this.documents;
    const days = board.task.daysLeft[task];
    const status = board.task.status[task];
    const stands = `${words.statuses[status]} ${board.task.percent[task]}%`;
    if (style.statuses[status].finished || days === null) return stands;
    const quiet = board.task.silentDays[task] ?? 0;
    const silent = quiet >= features.campaign.staleDays ? ` · ${fill(words.silent, { days: quiet })}` : "";
    const due = days < 0 ? fill(words.overdue, { days: -days }) : days === 0 ? words.today : fill(words.left, { days });
    return `${stands} · ${due}${silent}`;
  }

  /** @returns {HTMLElement[]} */
  get rows() {
    return [...this.frame.querySelectorAll(".onemap-row")].filter((row) => row instanceof HTMLElement);
  }

  /** @param {string | null} selected */
  mark(selected) {
    for (const row of this.rows) {
      const isSelected = row.dataset.id === selected;
      row.setAttribute("aria-selected", String(isSelected));
      row.tabIndex = isSelected ? 0 : -1;
      if (isSelected && selected !== this.marked) row.scrollIntoView({ block: "nearest" });
    }
    this.marked = selected;
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const at = this.at;
    if (event.key === "ArrowDown" && at === this.rows.length - 1) this.more();
    const { rows } = this;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined || !rows[to]) return;
    event.preventDefault();
    rows[to].focus();
    rows[to].scrollIntoView({ block: "nearest" });
  }

  /** Place of the row that has the focus, -1 where none has. */
  get at() {
    return this.rows.findIndex((row) => row === document.activeElement);
  }

  /**
   * Choose the next or the last row.
   * @param {number} by
   */
  move(by) {
    const { rows, at: focused } = this; // several rows may be of the feature that is selected
    const at = focused < 0 ? rows.findIndex((row) => row.getAttribute("aria-selected") === "true") : focused;
    const to = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
    to?.focus();
    if (to?.dataset.id && to.getAttribute("aria-selected") !== "true") to.click(); // a row without a place opens another page
  }

  /** @param {string} id @param {string} [task] */
  pick(id, task = "") {
    if (!id) {
      document.location.assign(`task?${new URLSearchParams({ id: task, lang: this.component.data.lang })}`);
      return;
    }
    this.component.setTriggerValue("picked", { id: id === this.component.data.selected ? null : id });
  }
}

/**
 * A line of a row.
 * @param {"name" | "what" | "who" | "why" | "new"} kind
 * @param {string} text
 */
function line(kind, text) {
  return element("span", { className: `onemap-${kind}` }, text);
}
