// Keep drafts of reports in the browser's database, photos and all, and make photos small.

const DATABASE = "onemap-outbox";
const STORE = "drafts";
const SIDE_PX = 2048;
const QUALITY = 0.85;

/** @type {Promise<IDBDatabase> | undefined} */
let opening;

function open() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  opening.catch(() => (opening = undefined));
  return opening;
}

/**
 * Do something with the store; resolves only when the browser has it on its disk.
 * @template Result
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<Result>} act
 * @returns {Promise<Result>}
 */
async function within(mode, act) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode, { durability: "strict" });
    const asked = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

/**
 * All drafts, oldest first.
 * @returns {Promise<View.Draft[]>}
 */
export async function all() {
  /** @type {View.Draft[]} */
  const found = await within("readonly", (store) => store.getAll());
  return found.sort((one, other) => one.written_at.localeCompare(other.written_at));
}

/** @param {View.Draft} draft */
export function put(draft) {
  return within("readwrite", (store) => store.put(draft));
}

/** @param {string} key */
export function remove(key) {
  return within("readwrite", (store) => store.delete(key));
}

/**
 * A photo: a JPEG of at most 2048 px where the browser can read it, else the file as it is, for the server to judge.
 * Bytes are kept, not blobs: not every browser can keep these.
 * @param {File} file
 * @returns {Promise<View.Photo>}
 */
export async function taken(file) {
  const small = await shrunk(file).catch(() => null);
  const chosen = small ?? file;
  return { name: file.name, type: chosen.type, bytes: await chosen.arrayBuffer() };
}

/**
 * @param {File} file
 * @returns {Promise<Blob | null>}
 */
async function shrunk(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const factor = Math.min(1, SIDE_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * factor));
  canvas.height = Math.max(1, Math.round(picture.height * factor));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}
