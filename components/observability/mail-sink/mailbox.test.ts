import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MailFile } from "./mail-file.ts";
import { Mailbox } from "./mailbox.ts";

describe("a mailbox", () => {
  let folder = "";
  let path = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-mails-"));
    path = join(folder, "mails");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const opened = (most?: number) => new Mailbox(new MailFile(path), most);
  const mail = (subject: string, text = "") => ({ from: "a", to: ["b"], subject, text });
  const subjects = (box: Mailbox) => box.all().map(({ subject }) => subject);

  it("has its mails again after a restart, and goes on counting", () => {
    const box = opened();
    box.add(mail("one"));
    box.add(mail("two"));
    const again = opened();
    assert.deepEqual(again.all(), box.all());
    assert.equal(again.add(mail("three")).id, 3);
    assert.deepEqual(subjects(opened()), ["three", "two", "one"]);
  });

  it("loses only the mail that a crash cut off", () => {
    const box = opened();
    for (const subject of ["one", "two"]) box.add(mail(subject));
    truncateSync(path, statSync(path).size - 10);
    const again = opened();
    assert.deepEqual(subjects(again), ["one"]);
    again.add(mail("three"));
    assert.deepEqual(subjects(opened()), ["three", "one"]);
  });

  it("takes from its file only what is a mail", () => {
    writeFileSync(
      path,
      'null\n{}\n[]\n{"id":"1"}\n{"__proto__":{"id":1}}\n\u0000\n{"id":1,"at":"","from":"","to":[1],"subject":"","text":""}\n',
    );
    assert.deepEqual(opened().all(), []);
    writeFileSync(path, JSON.stringify({ ...mail("x".repeat(1e5)), id: 1, at: "" }));
    assert.deepEqual(subjects(opened()), ["x".repeat(1000)]);
  });

  it("keeps the newest, bounded in number and size, in memory and on disk", () => {
    const box = opened(3);
    for (let index = 0; index < 5; index += 1) box.add(mail(String(index)));
    assert.deepEqual(subjects(box), ["4", "3", "2"]);
    assert.deepEqual(subjects(opened(3)), ["4", "3", "2"]);
    const large = opened();
    for (let index = 0; index < 200; index += 1)
      large.add({ ...mail("x".repeat(1e5), "y".repeat(1e6)), to: Array<string>(1e4).fill("z".repeat(1e4)) });
    const kept = large.all().reduce((sum, one) => sum + JSON.stringify(one).length, 0);
    assert.ok(kept < 5 * 2 ** 20, `${kept}`);
    assert.match(large.all()[0]?.text ?? "", /y\n… \(of 1000000 characters\)$/);
    assert.ok(statSync(path).size < 9 * 2 ** 20);
    assert.equal(opened().all().length, large.all().length);
  });

  it("does without a disk that fails", () => {
    const box = new Mailbox(new MailFile(join(folder, "none", "mails")));
    box.add(mail("one"));
    assert.deepEqual(subjects(box), ["one"]);
    opened().add(mail("before"));
    appendFileSync(path, "x".repeat(17 * 2 ** 20));
    assert.deepEqual(opened().all(), [], "so much is not read");
    opened().add(mail("after"));
    assert.ok(readFileSync(path).length < 2 ** 20, "what nobody can read is written anew");
  });
});
