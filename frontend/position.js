// Ask the browser where it is, and whether it would say so unasked.

/** By the codes of GeolocationPositionError. @type {Record<number, string>} */
const ERRORS = { 1: "denied", 2: "unavailable", 3: "timeout" };

/**
 * The place of the device, else why there is none.
 * @param {{timeout_ms: number, maximumAge?: number}} options
 * @returns {Promise<View.Located>}
 */
export function locate({ timeout_ms, maximumAge = 0 }) {
  if (!window.isSecureContext) return Promise.resolve({ error: "insecure" });
  if (!navigator.geolocation) return Promise.resolve({ error: "unavailable" });
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude, accuracy_m: coords.accuracy }),
      ({ code }) => resolve({ error: ERRORS[code] ?? "unavailable" }),
      { enableHighAccuracy: true, timeout: timeout_ms, maximumAge },
    );
  });
}

/** Whether the browser would answer without asking the person. */
export async function mayLocate() {
  const permission = await navigator.permissions?.query({ name: "geolocation" }).catch(() => null);
  return window.isSecureContext && permission?.state === "granted";
}
