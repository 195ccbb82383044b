// Set the numbers of the key figures to those of a board; words and layout stay as the page drew them.

/** A share as whole per cent, halves to the even number: as Python writes it in what the page drew. */
export function percent(share) {
  const whole = Math.round(share * 100);
  return (share * 100) % 1 === 0.5 && whole % 2 ? whole - 1 : whole;
}

/** Write a board's figures into the row that the page drew; nodes name by data-figure what they hold. */
export function paintFigures({ figures }, zoneIds) {
  const numbers = { tasks: figures.tasks, deadline: Math.abs(figures.deadline), opening: Math.abs(figures.opening) };
  for (const [light, count] of Object.entries(figures.lights)) numbers[`light-${light}`] = count;
  for (const [status, count] of Object.entries(figures.statuses)) numbers[`status-${status}`] = count;
  const shares = { done: figures.tasks ? figures.lights.done / figures.tasks : 0 };
  zoneIds.forEach((zone, at) => (shares[`zone-${zone}`] = figures.zones[at] ?? 0));
  for (const node of document.querySelectorAll("[data-figure]")) {
    const { figure, one, many } = node.dataset;
    if (figure in numbers) write(node, one === undefined ? String(numbers[figure]) : numbers[figure] === 1 ? one : many);
  }
  for (const node of document.querySelectorAll("[data-share]")) {
    const share = shares[node.dataset.share];
    if (share !== undefined) write(node, `${percent(share)}%`);
  }
  for (const node of document.querySelectorAll("[data-width]")) node.style.width = `${percent(shares[node.dataset.width] ?? 0)}%`;
  for (const node of document.querySelectorAll("[data-grow]")) node.style.flexGrow = numbers[node.dataset.grow] ?? 0;
  for (const node of document.querySelectorAll("[data-ahead]")) {
    write(node, figures[node.dataset.day] >= 0 ? node.dataset.ahead : node.dataset.past);
  }
}

function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
