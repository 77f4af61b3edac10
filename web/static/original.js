// The original's page beside the text: turned, enlarged and followed without loading the page anew.
"use strict";

(function () {
  // An address may name a place of a long document only by its fragment, which no server sees.
  var wanted = decodeURIComponent(location.hash.slice(1));
  if (wanted && document.querySelector(".parts") && !document.getElementById(wanted) && !/[?&]at=/.test(location.search)) {
    location.replace("?at=" + encodeURIComponent(wanted) + location.hash);
    return;
  }

  var panel = document.getElementById("trang-goc");
  if (!panel) return;
  var image = document.getElementById("trang-goc-anh");
  var view = panel.querySelector(".original-page");
  var field = panel.querySelector("[name=page]");
  var status = document.getElementById("loi-bao");
  var page = Number(panel.dataset.page);
  var pages = Number(panel.dataset.pages);
  var zoom = Number(panel.dataset.zoom);
  var MOST_ZOOM = 3;
  var pattern = image.getAttribute("src").replace(/\/pages\/\d+\?.*$/, "/pages/");
  var byHand = false; // the reader turned the page: it no longer follows the text until led there again

  function note(name, value) {
    var address = new URL(location.href);
    address.searchParams.set(name, value);
    history.replaceState(history.state, "", address);
  }

  function mark(link, off) {
    if (off) link.setAttribute("aria-disabled", "true");
    else link.removeAttribute("aria-disabled");
  }

  function draw() {
    image.sizes = "(max-width: 56rem) " + zoom + "00vw, " + 40 * zoom + "rem";
    image.srcset = addresses(page);
    image.src = pattern + page + "?w=800";
    image.alt = "Trang " + page + " của tệp gốc";
    view.className = "original-page zoom-" + zoom;
    field.value = page;
    panel.querySelectorAll("[data-for]").forEach(function (words) { words.hidden = Number(words.dataset.for) !== page; });
    panel.querySelectorAll("[data-step]").forEach(function (link) {
      var there = page + Number(link.dataset.step);
      mark(link, there < 1 || there > pages);
    });
    panel.querySelectorAll("[data-zoom-by]").forEach(function (link) {
      var there = zoom + Number(link.dataset.zoomBy);
      mark(link, there < 1 || there > MOST_ZOOM);
    });
  }

  function turn(to, quiet) {
    to = Math.min(Math.max(1, to), pages);
    if (to === page) return;
    page = to;
    view.scrollTop = 0;
    draw();
    note("page", page);
    if (!quiet) status.textContent = "Trang " + page + " trên " + pages;
  }

  function enlarge(by) {
    var to = Math.min(Math.max(1, zoom + by), MOST_ZOOM);
    if (to === zoom) return;
    zoom = to;
    draw();
    note("zoom", zoom);
  }

  function see(which) {
    document.body.classList.toggle("see-page", which === "page");
    document.querySelectorAll(".switch a").forEach(function (link) {
      if (link.dataset.see === which) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }

  // A picture is as high as its page; until it is there, the height of an A4 page is kept free.
  function fit() {
    image.removeAttribute("width");
    image.removeAttribute("height");
    view.classList.remove("failed");
    if (page < pages && view.offsetParent) ahead(page + 1);
  }
  // The next page is drawn while this one is read.
  function ahead(number) {
    var next = new Image();
    next.sizes = image.sizes;
    next.srcset = addresses(number);
  }
  function addresses(number) {
    return [480, 800, 1200, 1800].map(function (width) {
      return pattern + number + "?w=" + width + " " + width + "w";
    }).join(", ");
  }
  image.addEventListener("load", fit);
  if (image.complete && image.naturalWidth) fit();
  image.addEventListener("error", function () { view.classList.add("failed"); });

  panel.addEventListener("click", function (event) {
    var link = event.target.closest("[data-step], [data-zoom-by]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.step) { byHand = true; turn(page + Number(link.dataset.step)); }
    else enlarge(Number(link.dataset.zoomBy));
  });
  panel.querySelector(".go").addEventListener("submit", function (event) {
    event.preventDefault();
    byHand = true;
    turn(Number(field.value) || page);
    field.value = page;
  });
  view.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    var steps = { ArrowLeft: -1, PageUp: -1, ArrowRight: 1, PageDown: 1 };
    var wide = view.scrollWidth > view.clientWidth + 1 && event.key.indexOf("Arrow") === 0;
    if (event.key in steps && !wide) { byHand = true; turn(page + steps[event.key]); }
    else if (event.key === "Home" || event.key === "End") { byHand = true; turn(event.key === "Home" ? 1 : pages); }
    else if (event.key === "+" || event.key === "=") enlarge(1);
    else if (event.key === "-") enlarge(-1);
    else return;
    event.preventDefault();
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a.page, .switch a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    byHand = false;
    if (link.dataset.page) { turn(Number(link.dataset.page)); see("page"); }
    else see(link.dataset.see);
  });

  // The page follows the text that is being read.
  var marks = Array.prototype.slice.call(document.querySelectorAll("a.page[data-page]"));
  var waiting = 0;
  function follow() {
    var here = 0;
    for (var i = 0; i < marks.length; i++) {
      if (marks[i].getBoundingClientRect().top > window.innerHeight * 0.4) break;
      here = Number(marks[i].dataset.page);
    }
    if (here && here !== follow.last) {
      var first = follow.last === undefined;
      follow.last = here;
      if (!byHand && !first && !document.body.classList.contains("see-page")) turn(here, true);
    }
  }
  window.addEventListener("scroll", function () {
    clearTimeout(waiting);
    waiting = setTimeout(follow, 200);
  }, { passive: true });
})();
