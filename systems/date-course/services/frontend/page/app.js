/** How long the view may take to show what was just done. */
const VIEW_DELAY_MS = 700;

const element = (id) => document.getElementById(id);
const customer = () => element("customer").value;
const say = (text) => (element("news").textContent = text);

/** Asks the entry that this page came from; what is refused is said to the reader. */
async function ask(method, path, body) {
  const json = body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
  const response = await fetch(path, { method, ...json });
  const answer = response.status === 204 ? {} : await response.json();
  if (!response.ok) throw new Error(answer.detail ?? `The answer was ${response.status}.`);
  return answer;
}

const choice = (kind, id) => `/communications/${kind}/${id}/${encodeURIComponent(customer())}`;
const said = (id) => ({ scheduleId: id, customerId: customer() });

const deeds = {
  like: (id) => ask("PUT", choice("likes", id)),
  unlike: (id) => ask("DELETE", choice("likes", id)),
  bookmark: (id) => ask("PUT", choice("bookmarks", id)),
  unbookmark: (id) => ask("DELETE", choice("bookmarks", id)),
  comment: (id, words) => ask("POST", "/communications/comments", { ...said(id), commentDesc: words }),
  review: (id, words) => ask("POST", "/reviews", { ...said(id), reviewComment: words }),
};

let next = null;

async function showCourses(after = null) {
  const page = await ask("GET", `/scheduleViews?size=24${after ? `&after=${after}` : ""}`);
  if (after === null) element("courses").replaceChildren();
  element("courses").append(...page.items.map(courseItem));
  next = page.next;
  element("more").hidden = next === null;
}

function courseItem(course) {
  const item = element("course").content.cloneNode(true).firstElementChild;
  item.setAttribute("aria-label", course.title);
  const { commentCnt, bookmarkCnt, likeCnt, reviewCnt } = course;
  const texts = {
    h3: course.title,
    ".when": `${new Date(course.date).toLocaleString()}, by ${course.uploader}`,
    ".content": course.content,
    ".counts": `Likes ${likeCnt}, bookmarks ${bookmarkCnt}, comments ${commentCnt}, reviews ${reviewCnt}`,
  };
  for (const [selector, text] of Object.entries(texts)) item.querySelector(selector).textContent = text;
  item.addEventListener("click", ({ target }) => {
    if (target.type === "button") run(() => deeds[target.dataset.do](course.scheduleId));
  });
  const form = item.querySelector("form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(() => deeds[event.submitter.dataset.do](course.scheduleId, form.elements.words.value));
  });
  return item;
}

async function showMessages() {
  const { items } = await ask("GET", `/messages?customerId=${encodeURIComponent(customer())}`);
  const lines = items.map(({ text, sentAt }) => {
    const line = document.createElement("li");
    line.textContent = `${new Date(sentAt).toLocaleString()}: ${text}`;
    return line;
  });
  element("messages").replaceChildren(...lines);
}

/** Does something, says how it went, and shows what has become of it. */
async function run(deed) {
  try {
    await deed();
    say("Done.");
    await new Promise((resolve) => setTimeout(resolve, VIEW_DELAY_MS));
    await Promise.all([showCourses(), showMessages()]);
  } catch (error) {
    say(error.message);
  }
}

element("offer").addEventListener("submit", (event) => {
  event.preventDefault();
  const { title, content, date, reviews } = event.target.elements;
  const course = {
    title: title.value,
    content: content.value,
    uploader: customer(),
    date: new Date(date.value).toISOString(),
    reviewWriteYn: reviews.checked ? "Y" : "N",
  };
  run(async () => {
    await ask("POST", "/schedules", course);
    event.target.reset();
  });
});
element("more").addEventListener("click", () => showCourses(next).catch((error) => say(error.message)));
element("customer").addEventListener("change", () => run(async () => undefined));
Promise.all([showCourses(), showMessages()]).catch((error) => say(error.message));
