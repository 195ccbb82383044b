// Say distances as people do.

const EXACT_BELOW_M = 10;
const KILOMETRE_M = 1000;

/**
 * Metres, to ten of them from ten on, in kilometres from 1000 on; as geo/space/rank.py says them.
 * @param {number} metres
 * @param {{metres: string, kilometres: string}} words with {n}
 */
export function distanceText(metres, words) {
  const rounded = metres < EXACT_BELOW_M ? Math.round(metres) : Math.round(metres / 10) * 10;
  if (rounded < KILOMETRE_M) return words.metres.replace("{n}", String(rounded));
  return words.kilometres.replace("{n}", (metres / KILOMETRE_M).toFixed(1));
}
