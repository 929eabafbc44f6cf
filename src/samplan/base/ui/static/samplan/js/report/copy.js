/* What somebody has typed and the server has not got yet, kept in this browser: by person and page, for thirty days.
   It is wiped when the report is sent in, and when the person signs out. */
const PREFIX = "samplan:";
const KEPT = 30 * 24 * 60 * 60 * 1000;

function storage() {
  try {
    return window.localStorage;
  } catch (_error) {
    return null; // closed by the browser's settings: nothing is kept, and the page says nothing it cannot hold
  }
}

function keys(kept) {
  return Array.from({ length: kept.length }, (_one, at) => kept.key(at)).filter((key) => key.startsWith(PREFIX));
}

/** Everything that this browser keeps for a person. */
export function forget(person) {
  const kept = storage();
  if (!kept || !person) return;
  for (const key of keys(kept)) if (key.startsWith(`${PREFIX}${person}:`)) kept.removeItem(key);
}

/** The copy of one page: `read` gives `{at, sent, questions: {code: {version, fields: [[name, value]]}}}` or null. */
export function copyFor(name) {
  const kept = storage();
  const key = PREFIX + name;
  if (kept) for (const other of keys(kept)) if (Date.now() - Date.parse(parsed(kept, other)?.at) > KEPT) kept.removeItem(other);
  return {
    works: kept !== null,
    read: () => (kept ? parsed(kept, key) : null),
    drop: () => kept?.removeItem(key),
    write(questions, sent = false) {
      if (!kept) return false;
      if (!Object.keys(questions).length && !sent) {
        kept.removeItem(key);
        return true;
      }
      try {
        kept.setItem(key, JSON.stringify({ at: new Date().toISOString(), sent, questions }));
        return true;
      } catch (_error) {
        return false; // full
      }
    },
  };
}

function parsed(kept, key) {
  try {
    const read = JSON.parse(kept.getItem(key));
    return read && typeof read.questions === "object" && read.questions ? read : null;
  } catch (_error) {
    return null;
  }
}
