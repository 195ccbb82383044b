// The list beside the map: the same features by the same rule, most urgent first, drawn as text nodes only.
import { load, loadAll, match, taskMatcher } from "./store.js";

const CHUNK = 60;

export function show(component) {
  const host = component.parentElement;
  host.oneMapList ??= new ListView(host);
  host.oneMapList.update(component);
}

export function leave(host) {
  host.oneMapList?.frame.remove();
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
    this.frame = element("div", "onemap-list");
    this.frame.setAttribute("role", "listbox");
    this.frame.tabIndex = 0;
    this.frame.onkeydown = (event) => this.onKey(event);
    host.append(this.frame);
    this.sentinel = element("div", "onemap-more");
    new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.more()).observe(this.sentinel);
    this.order = [];
  }

  async update(component) {
    this.component = component;
    const { data } = component;
    try {
      const documents = await loadAll(data);
      if (this.component !== component) return;
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
    this.order = [...shown.keys()].filter((i) => shown[i]).sort((a, b) => keys[a] - keys[b] || a - b);
    const signature = JSON.stringify([this.order.slice(0, CHUNK * 4), this.order.length, data.lang, data.board, data.theme, data.rule]);
    this.frame.setAttribute("aria-label", words.list);
    if (signature !== this.signature) {
      this.signature = signature;
      this.frame.replaceChildren(this.sentinel);
      this.drawn = 0;
      this.more();
      this.frame.scrollTop = 0;
      if (!this.order.length) this.frame.replaceChildren(element("p", "onemap-empty", words.empty));
    }
    this.mark(data.selected);
  }

  more() {
    if (!this.documents) return;
    const next = this.order.slice(this.drawn, this.drawn + CHUNK);
    this.sentinel.before(...next.map((i) => this.row(i)));
    this.drawn += next.length;
    this.sentinel.hidden = this.drawn >= this.order.length;
    this.mark(this.component.data.selected);
  }

  row(i) {
    const { data } = this.component;
    const { features, board, style, words } = this.documents;
    const light = style.letters[board.lights[i]];
    const row = element("button", `onemap-row ${light}`);
    row.type = "button";
    row.dataset.id = features.ids[i];
    row.setAttribute("role", "option");
    const swatch = Object.assign(element("img", "onemap-light"), {
      src: data.swatch.replace("LIGHT", light),
      alt: words.lights[light],
    });
    const text = element("span", "onemap-text");
    const head = element("span", "onemap-name", features[data.lang][i]);
    text.append(head);
    const task = this.main(i);
    if (task === undefined) text.append(element("span", "onemap-what", words.noTask));
    else this.describe(text, task);
    row.append(swatch, text);
    row.onclick = () => this.pick(features.ids[i]);
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
    if (event.key === "Escape" && this.component.data.selected) this.pick(this.component.data.selected);
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

  pick(id) {
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
