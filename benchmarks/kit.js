// Runs in every page that is measured: says when what was asked for is painted, by the page's own clock (0 is the start of the navigation).
if (window === window.top) {
  const DEADLINE_MS = 180000;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const text = () => document.querySelector('[data-testid="stText"]')?.textContent;

  // deck.gl draws instances: one per piece of a line. What one animation frame drew is summed up.
  const deck = { at: -1, sum: 0, gl: null };
  for (const name of ["drawArraysInstanced", "drawElementsInstanced"]) {
    const draw = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...values) {
      if (document.timeline.currentTime !== deck.at) Object.assign(deck, { at: document.timeline.currentTime, sum: 0, gl: this });
      deck.sum += values[values.length - 1];
      return draw.apply(this, values);
    };
  }

  // Whether as many features as expected are on the screen, by what each page draws with.
  const probes = {
    text: (expected) => text() === expected,
    onemap: (expected) => {
      const view = window.oneMap;
      const drawn = view?.scene?.draws > bench.before.draws && !view.map.options.renderer._redrawRequest;
      return drawn && Number(view.frame.dataset.shown) === expected;
    },
    leaflet: (expected) => {
      const inner = document.querySelector("iframe")?.contentWindow;
      if (!inner?.map?._layers) return false;
      const paths = Object.values(inner.map._layers).filter((layer) => layer instanceof inner.L.Path);
      return paths.length === expected && !paths.some((path) => path._renderer?._redrawRequest);
    },
    deck: (expected) => deck.sum >= expected && deck.sum !== bench.before.instances,
  };

  const bench = {
    before: { draws: 0, instances: 0 },
    clicked: null,

    /** Milliseconds at which the second frame after the probe became true began; null when that took too long. */
    async painted(probe, expected) {
      while (!probes[probe](expected)) {
        if (performance.now() - (bench.clicked ?? 0) > DEADLINE_MS) return null;
        await frame();
      }
      deck.gl?.readPixels(0, 0, 1, 1, deck.gl.RGBA, deck.gl.UNSIGNED_BYTE, new Uint8Array(4));
      await frame();
      await frame();
      return performance.now();
    },

    /** Wait for the next click, and from it until what it asked for is painted. */
    arm(probe, expected) {
      bench.before = { draws: window.oneMap?.scene?.draws ?? 0, instances: deck.sum };
      bench.change = new Promise((done) => {
        const start = async (event) => {
          bench.clicked = event.timeStamp;
          const end = await bench.painted(probe, expected);
          done(end === null ? null : end - bench.clicked);
        };
        document.addEventListener("click", start, { capture: true, once: true });
      });
    },
  };
  window.bench = bench;
}
