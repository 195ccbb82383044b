// Set the numbers of the key figures to those of a board; words and layout stay as the page drew them.

/**
 * A share as whole per cent, halves to the even number: as Python writes it in what the page drew.
 * @param {number} share from 0 to 1
 */
export function percent(share) {
  const whole = Math.round(share * 100);
  return (share * 100) % 1 === 0.5 && whole % 2 ? whole - 1 : whole;
}

/**
 * Numbers and shares of a board by the names that the page's nodes have for them.
 * @param {Wire.Figures} figures
 * @param {string[]} zoneIds
 * @returns {{numbers: Record<string, number>, shares: Record<string, number>}}
 */
export function named(figures, zoneIds) {
  const { tasks, lights, statuses, zones } = figures;
  const prefixed = (/** @type {string} */ prefix, /** @type {Record<string, number>} */ counts) =>
    Object.entries(counts).map(([name, count]) => [`${prefix}-${name}`, count]);
  return {
    numbers: {
      tasks,
      deadline: Math.abs(figures.deadline),
      opening: Math.abs(figures.opening),
      ...Object.fromEntries([...prefixed("light", lights), ...prefixed("status", statuses)]),
    },
    shares: { done: tasks ? lights.done / tasks : 0, ...Object.fromEntries(zoneIds.map((zone, at) => [`zone-${zone}`, zones[at] ?? 0])) },
  };
}

/**
 * Write a board's figures into the row that the page drew; nodes name by data-figure what they hold.
 * @param {Wire.Board} board
 * @param {string[]} zoneIds
 */
export function paintFigures({ figures }, zoneIds) {
  const { numbers, shares } = named(figures, zoneIds);
  for (const node of nodes("figure")) {
    const { figure = "", one, many = "" } = node.dataset;
    if (figure in numbers) write(node, one === undefined ? String(numbers[figure]) : numbers[figure] === 1 ? one : many);
  }
  for (const node of nodes("share")) {
    const share = shares[node.dataset.share ?? ""];
    if (share !== undefined) write(node, `${percent(share)}%`);
  }
  for (const node of nodes("width")) node.style.width = `${percent(shares[node.dataset.width ?? ""] ?? 0)}%`;
  for (const node of nodes("grow")) node.style.flexGrow = String(numbers[node.dataset.grow ?? ""] ?? 0);
  for (const node of nodes("ahead")) {
    const days = node.dataset.day === "opening" ? figures.opening : figures.deadline;
    write(node, (days >= 0 ? node.dataset.ahead : node.dataset.past) ?? "");
  }
}

/** @param {string} name @returns {NodeListOf<HTMLElement>} */
function nodes(name) {
  return document.querySelectorAll(`[data-${name}]`);
}

/** @param {Node} node @param {string} text */
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
