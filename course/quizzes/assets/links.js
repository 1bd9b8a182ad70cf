/* The way to another page from here, and whether the safety check is passed in this browser. */

const SCRIPT = document.currentScript?.src || "";

/** The address of a page of the course ("modules/00-start/01-x"), or null where nobody can know it. */
function pageLink(page) {
  const inside = document.getElementById(`page-${page.split("/").pop().replaceAll(".", "-")}`);
  if (inside) return `#${inside.id}`;
  if (/\/_static\/quiz[\w-]*\.js/.test(SCRIPT)) return new URL(`../${page}.html`, SCRIPT).href;
  const start = location.pathname.indexOf("/course/");
  return start < 0 ? null : `${location.pathname.slice(0, start)}/course/${page}.ipynb`;
}

/** Whether each question of the check, as it is asked now, was last answered fully right in this browser. */
function isWhole({ quiz, items }) {
  const kept = courseQuiz.kit.readEntries(courseQuiz.kit.KEYS.quizzes + quiz);
  return Object.entries(items).every(([id, revision]) => kept.get(id)?.score === 1 && kept.get(id).revision === revision);
}
