// The judging page with a script: every key is recorded at once, without loading the page anew.
// What it sends goes through judging-sending.js.
"use strict";

(function () {
  var page = document.getElementById("cham");
  if (!page) return;
  document.documentElement.classList.add("scripted");
  document.querySelectorAll(".needs-script").forEach(function (part) { part.hidden = false; });

  var url = page.dataset.url;
  var cards = Array.prototype.slice.call(page.querySelectorAll(".card"));
  var status = document.getElementById("loi-bao");
  var failure = document.getElementById("chua-ghi");
  var current = null;

  function say(text) {
    status.textContent = "";
    setTimeout(function () { status.textContent = text; }, 50);
  }

  // Storage may be forbidden; what is remembered there is only comfort.
  function remembered(name) { try { return localStorage.getItem(name); } catch (error) { return null; } }
  function remember(name, value) { try { localStorage.setItem(name, value); } catch (error) { /* comfort */ } }

  function complain(text) {
    failure.textContent = text;
    failure.hidden = !text;
  }

  var sender = new JudgingSender(url, page.querySelector("[name=token]").value, show, complain, refresh);
  var send = sender.send;

  // Showing what the server holds: after each sending, and when the page comes back into sight.
  function show(state) {
    var done = "đã chấm " + state.graded + " trên " + state.total + " đoạn";
    document.getElementById("tien-do").textContent = done;
    cards.forEach(function (card) {
      var mark = state.marks[card.dataset.passage];
      if (!mark) return;
      card.classList.toggle("graded", mark.grade !== null);
      card.querySelectorAll("[name=grade]").forEach(function (button) {
        if (button.value === "") button.hidden = mark.grade === null;
        else button.setAttribute("aria-pressed", String(button.value === String(mark.grade)));
      });
      showNote(card.querySelector("[name=note]"), mark.note);
      showQuote(card, mark);
    });
    showNote(document.getElementById("ghi-chu"), state.note);
    document.querySelectorAll("#ca-cau [data-status]").forEach(function (notice) {
      notice.hidden = notice.dataset.status !== state.status;
    });
    document.querySelector("#ca-cau [value=unanswerable]").hidden = state.status === "unanswerable";
    document.querySelector("#ca-cau [value=skip]").hidden = state.status === "skipped";
  }

  function showNote(field, note) {
    if (document.activeElement === field || field.timer) return;
    field.value = note;
    field.form.querySelector("[name=note_was]").value = note;
  }

  function showQuote(card, mark) {
    var words = card.querySelector("[data-words]");
    var text = words.textContent;
    if (card.shownQuote === mark.before + "\0" + mark.quote) return;
    card.shownQuote = mark.before + "\0" + mark.quote;
    words.textContent = "";
    if (mark.quote) {
      var marked = document.createElement("mark");
      marked.textContent = mark.quote;
      words.append(mark.before, marked, text.slice(mark.before.length + mark.quote.length));
    } else {
      words.append(text);
    }
    var field = card.querySelector("[name=quote]");
    if (document.activeElement !== field) field.value = mark.quote || text;
    card.querySelector("[data-quote-said]").textContent = mark.quote ? "một phần của đoạn" : "cả đoạn";
  }

  function refresh() {
    if (!sender.idle()) return;
    fetch(url, { headers: { Accept: "application/json" } })
      .then(function (answer) { return answer.json(); })
      .then(show)
      .catch(function () { /* shown when something is to be sent */ });
  }
  document.addEventListener("visibilitychange", function () { if (!document.hidden) refresh(); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) refresh(); });

  // Which card the keys are about.
  function choose(card, jump) {
    if (!card) return;
    if (current) { current.classList.remove("current"); current.removeAttribute("aria-current"); }
    current = card;
    card.classList.add("current");
    card.setAttribute("aria-current", "true");
    if (jump) {
      card.focus({ preventScroll: true });
      card.scrollIntoView({ block: "start" });
    }
  }

  function move(by) {
    var at = cards.indexOf(current) + by;
    if (at >= 0 && at < cards.length) choose(cards[at], true);
    else if (at >= cards.length) document.getElementById("cau-sau").focus();
  }

  page.addEventListener("focusin", function (event) {
    var card = event.target.closest(".card");
    if (card && card !== current) choose(card, false);
  });
  page.addEventListener("pointerdown", function (event) {
    var card = event.target.closest(".card");
    if (card && card !== current) choose(card, false);
  });

  // What can be done.
  function grade(card, value) {
    var fields = { passage: card.dataset.passage, grade: value };
    card.querySelectorAll("[name=grade]").forEach(function (button) {
      if (button.value !== "") button.setAttribute("aria-pressed", String(button.value === value));
    });
    send(fields, function () { say(value === "" ? "Đã bỏ điểm." : "Đã ghi điểm " + value + "."); });
    if (value !== "") move(1);
  }

  function undo() {
    send({ do: "undo" }, function (state) {
      var card = cards.find(function (one) { return one.dataset.passage === state.passage; });
      if (card) choose(card, true);
      say("Đã hoàn tác.");
    });
  }

  function quote(card, text, near) {
    send({ passage: card.dataset.passage, do: "quote", quote: text, near: String(near) }, function () {
      say("Đã lưu trích dẫn.");
    });
  }

  // The part of the passage that is selected on the page: its words, and where they begin, counted
  // in characters as the server counts them.
  function selected(card) {
    var selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    var words = card.querySelector("[data-words]");
    var range = selection.getRangeAt(0);
    if (!words.contains(range.startContainer) || !words.contains(range.endContainer)) return null;
    var before = document.createRange();
    before.setStart(words, 0);
    before.setEnd(range.startContainer, range.startOffset);
    return { text: range.toString(), near: Array.from(before.toString()).length };
  }

  function quoteFromField(card) {
    var field = card.querySelector("[name=quote]");
    var part = field.value.slice(field.selectionStart, field.selectionEnd);
    var whole = field.value === card.querySelector("[data-words]").textContent;
    var near = whole && part.trim() ? Array.from(field.value.slice(0, field.selectionStart)).length : 0;
    quote(card, part.trim() ? part : field.value, near);
    card.focus({ preventScroll: true });
  }

  // A button for whoever selects by mouse or finger; it appears with the selection.
  var taken = null;
  document.addEventListener("selectionchange", function () {
    var node = window.getSelection().anchorNode;
    var card = node && (node.nodeType === 1 ? node : node.parentElement).closest(".card");
    var part = card && selected(card);
    if (taken && taken.card !== card) taken.card.querySelector(".take").hidden = true;
    if (!card) { taken = null; return; }
    taken = part && part.text.trim() ? { card: card, part: part } : null;
    card.querySelector(".take").hidden = !taken;
  });
  page.addEventListener("click", function (event) {
    if (!event.target.closest("[data-take]") || !taken) return;
    quote(taken.card, taken.part.text, taken.part.near);
    window.getSelection().removeAllRanges();
  });

  function startQuote(card) {
    var part = selected(card);
    if (part && part.text.trim()) {
      quote(card, part.text, part.near);
      window.getSelection().removeAllRanges();
      return;
    }
    card.querySelector(".quote").open = true;
    var field = card.querySelector("[name=quote]");
    field.focus();
    field.setSelectionRange(0, 0);
  }

  function openNote(card) {
    card.querySelector(".note").open = true;
    var field = card.querySelector("[name=note]");
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  function toggleAround(card) {
    var around = card.querySelector(".around");
    if (around) around.open = !around.open;
  }

  // Forms are sent by the script instead.
  page.addEventListener("submit", function (event) {
    var button = event.submitter;
    var card = event.target.closest(".card");
    if (!button) return;
    if (!card) {
      if (button.value === "undo") { event.preventDefault(); undo(); }
      return; // the others load a page anew, which shows what follows
    }
    event.preventDefault();
    choose(card, false);
    if (button.name === "grade") grade(card, button.value);
    else if (button.value === "quote") quoteFromField(card);
    else if (button.value === "whole") {
      send({ passage: card.dataset.passage, do: "whole" }, function () { say("Trích dẫn là cả đoạn."); });
    } else saveNote(card.querySelector("[name=note]"));
  });

  // Notes are saved while they are typed.
  function saveNote(field) {
    clearTimeout(field.timer);
    field.timer = null;
    var was = field.form.querySelector("[name=note_was]");
    if (field.value === was.value) return;
    var card = field.closest(".card");
    var fields = { do: "note", note: field.value, note_was: was.value };
    if (card) fields.passage = card.dataset.passage;
    was.value = field.value;
    send(fields);
  }
  page.querySelectorAll("[name=note]").forEach(function (field) {
    field.addEventListener("input", function () {
      clearTimeout(field.timer);
      field.timer = setTimeout(function () { saveNote(field); }, 400);
    });
    field.addEventListener("blur", function () { saveNote(field); });
  });
  function saveNotes() {
    page.querySelectorAll("[name=note]").forEach(function (field) { if (field.timer) saveNote(field); });
  }
  window.addEventListener("pagehide", saveNotes);
  document.addEventListener("visibilitychange", function () { if (document.hidden) saveNotes(); });

  // Keys.
  var useKeys = document.getElementById("dung-phim");
  useKeys.checked = remembered("tracuu-cham-phim") !== "khong";
  useKeys.addEventListener("change", function () {
    remember("tracuu-cham-phim", useKeys.checked ? "co" : "khong");
  });

  function press(selector) {
    var button = document.querySelector(selector);
    if (button) button.click();
  }

  // A passage longer than the screen is first read to its end (or beginning) with the arrows.
  function goesOn(down) {
    if (!current) return false;
    var box = current.getBoundingClientRect();
    if (box.height < window.innerHeight * 0.8) return false;
    return down ? box.bottom > window.innerHeight : box.top < 0;
  }

  var keys = {
    0: function () { grade(current, "0"); },
    1: function () { grade(current, "1"); },
    2: function () { grade(current, "2"); },
    j: function () { move(1); },
    k: function () { move(-1); },
    ArrowDown: function () { move(1); },
    ArrowUp: function () { move(-1); },
    n: function () { openNote(current); },
    q: function () { startQuote(current); },
    c: function () { toggleAround(current); },
    u: undo,
    x: function () { press("#ca-cau [value=unanswerable]"); },
    s: function () { press("#ca-cau [value=skip]"); },
    "[": function () { if (page.dataset.previous) location.assign(page.dataset.previous); },
    "]": function () { if (page.dataset.next) location.assign(page.dataset.next); }
  };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    var field = event.target.closest && event.target.closest("textarea, input:not([type=checkbox]), select");
    if (field) {
      var card = field.closest(".card");
      if (event.key === "Escape" && card) { field.blur(); choose(card, true); }
      if (event.key === "Enter" && field.name === "quote" && !event.shiftKey) {
        event.preventDefault();
        quoteFromField(card);
      }
      return;
    }
    var act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!useKeys.checked || !act || (!current && /^[012nqc]$/i.test(event.key))) return;
    if (/^Arrow/.test(event.key) && goesOn(event.key === "ArrowDown")) return;
    event.preventDefault();
    act();
  });

  // The keys are about a card in sight: whoever scrolls on has left the one before.
  function inSight(card) {
    var box = card.getBoundingClientRect();
    var top = page.querySelector(".asked-head").getBoundingClientRect().bottom;
    return box.bottom > top + 20 && box.top < window.innerHeight - 20;
  }
  var scrolled = false;
  window.addEventListener("scroll", function () {
    if (scrolled) return;
    scrolled = true;
    requestAnimationFrame(function () {
      scrolled = false;
      if (current && !inSight(current)) choose(cards.find(inSight), false);
    });
  }, { passive: true });

  var begin = cards.find(function (card) { return !card.classList.contains("graded"); }) || cards[0];
  choose(begin, begin !== cards[0]);
  var there = location.hash && document.getElementById(location.hash.slice(1));
  if (there && there.classList.contains("card")) choose(there, true);
  refresh();
})();
