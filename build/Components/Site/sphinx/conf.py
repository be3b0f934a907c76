"""Sphinx's settings for the documentation's web site.

The pages are plain Markdown that is also read on GitHub. What the site needs beyond that is added here: the navigation, which is
docs/README.md; links to files of the repository; a description of each page; the file that a page is edited in.
"""

import importlib.metadata
import pathlib
import posixpath
import re

import myst_parser
from docutils import nodes
from sphinx import addnodes
from sphinx.errors import ExtensionError
from sphinx.transforms import SphinxTransform

project = "qcw"
language = "en"
extensions = ["myst_parser"]
root_doc = "index"

# GitHub makes anchors of all headings
myst_heading_anchors = 6
# what is not marked as something else is a command or a file
highlight_language = "none"

html_theme = "qcw"
html_theme_path = ["."]
html_additional_pages = {"404": "404.html"}
html_permalinks_icon = "#"
html_copy_source = False
html_use_index = False
html_domain_indices = False

# what pages and their search load; Sphinx's own themes need more, and that would be in the installers with licences of its own
STATIC = {
    "doctools.js", "documentation_options.js", "language_data.js", "qcw.css", "qcw.js", "searchtools.js", "sphinx-licence.txt",
    "sphinx_highlight.js",
}
NOT_SHOWN = [".buildinfo", "objects.inv"]
HOME = "README.md"
OVERVIEW = "docs/README.md"
FOLDERS = ["", "docs", "docs/adr"]  # a file of Markdown in another folder of the repository is no page
SUMMARY_LENGTH = 160
ASKS_BY_NAME = tuple(int(part) for part in myst_parser.__version__.split(".")[:2]) >= (0, 19)


def original(docname):
    """The path in the repository of the file that a page is made from."""
    folder, name = posixpath.split(docname)
    return posixpath.join(folder, "README.md" if name == "index" else name + ".md")


def page(path):
    """The page that is made from a file of the repository, or a folder's index."""
    folder, name = posixpath.split(path)
    return posixpath.join(folder, "index") if name == "README.md" else posixpath.splitext(path)[0]


def linked(path, target):
    """The path in the repository that a link of a file leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))


def sections(text):
    """The headings of docs/README.md, each with the pages that its section links to; what a page is first named under counts."""
    found, seen = [], set()
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading, _, body = section.partition("\n")
        pages = []
        for target in re.findall(r"\]\((?!\w+:)([^)#\s]+)(?:#[^)]*)?\)", body):
            path = linked(OVERVIEW, target)
            name = page(path) if path.endswith(".md") else posixpath.join(path, "index")
            if name not in seen and name != root_doc:
                seen.add(name)
                pages.append(name)
        found.append((heading.strip(), pages))
    return found


def add_navigation(app, docname, source):
    """Appends to the start page the tables of contents that the navigation is made from."""
    if docname != root_doc:
        return
    with open(posixpath.join(app.srcdir, "docs", "index.md"), encoding="utf-8") as file:
        groups = sections(file.read())
    for caption, pages in [("", ["docs/index"]), *groups]:
        option = f":caption: {caption}\n" if caption else ""
        source[0] += "\n```{toctree}\n:hidden:\n" + option + "\n" + "\n".join("/" + name for name in pages) + "\n```\n"


class Links(SphinxTransform):
    """Leads links to where their targets are: README.md is a folder's index, and files that are no pages are in the repository."""

    default_priority = 5

    def apply(self, **kwargs):
        here = original(self.env.docname)
        for kind in (addnodes.pending_xref, addnodes.download_reference):
            for node in list(self.document.findall(kind)):
                # newer MyST finds pages as it reads, and asks for them by name ("doc"); what it did not find is left as a path
                if node.get("reftype") != "myst" or node.get("refdomain") == "doc":
                    continue
                target, mark, anchor = node["reftarget"].partition("#")
                path = linked(here, target)
                if not target:
                    continue
                if posixpath.join(path, "index") in self.env.found_docs:
                    path = posixpath.join(path, HOME)
                if path.endswith(".md") and ASKS_BY_NAME and page(path) in self.env.found_docs:
                    node["refdomain"], node["reftarget"], node["reftargetid"] = "doc", page(path), anchor or None
                elif path.endswith(".md") and posixpath.dirname(path) in FOLDERS:
                    # a page that does not exist stays what it is: MyST reports it
                    node["reftarget"] = posixpath.relpath(page(path) + ".md", posixpath.dirname(here) or ".") + mark + anchor
                else:
                    link = nodes.reference("", "", refuri=f"{self.config.qcw_repository}/blob/main/{path}{mark}{anchor}")
                    link.extend(node.children)
                    node.replace_self(link)


def summary(doctree):
    """The first sentences of a page that fit a search result, or the first few words."""
    first = next((node.astext() for node in doctree.findall(nodes.paragraph) if not isinstance(node.parent, nodes.entry)), "")
    text = " ".join(first.split())
    if len(text) <= SUMMARY_LENGTH:
        return text
    end = text.rfind(". ", 0, SUMMARY_LENGTH)
    return text[: end + 1] if end > 0 else text[: text.rfind(" ", 0, SUMMARY_LENGTH)] + " …"


def complete(app, pagename, templatename, context, doctree):
    """Adds what templates do not know of a page."""
    for name in ("qcw_repository", "qcw_line", "qcw_versions"):
        context[name] = getattr(app.config, name)
    if doctree is None:
        return
    context["qcw_description"] = summary(doctree)
    if pagename != "docs/adr/index":  # it is made here, from no file of the repository
        context["qcw_file"] = original(pagename)
    # wide tables are scrolled in a box of their own, and a corner without a text is no heading
    body = re.sub(r"<table\b.*?</table>", r'<div class="table">\g<0></div>', context["body"], flags=re.DOTALL)
    context["body"] = re.sub(r'<th class="head"><p></p></th>', "<td></td>", body)


def sphinx_licence():
    """The text of Sphinx's licence: its search is JavaScript that pages load."""
    try:
        files = importlib.metadata.files("Sphinx") or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    places = [file.locate() for file in files if "dist-info" in str(file) and file.name.startswith("LICENSE")]
    for place in [*places, pathlib.Path("/usr/share/doc/sphinx-common/copyright")]:
        if place.is_file():
            return place.read_text(encoding="utf-8")
    raise ExtensionError("Sphinx's licence is neither in its Python package nor where Debian keeps it: reinstall Sphinx")


def tidy(app, error):
    """Adds the licence, and takes away what no page loads."""
    if error is not None:
        return
    out = pathlib.Path(app.outdir)
    (out / "_static" / "sphinx-licence.txt").write_text(sphinx_licence(), encoding="utf-8")
    for file in [*(out / "_static").iterdir(), *(out / name for name in NOT_SHOWN)]:
        if file.is_file() and file.name not in STATIC:
            file.unlink()
    missing = STATIC - {file.name for file in (out / "_static").iterdir()}
    if missing:
        raise ExtensionError(f"Sphinx has not written {', '.join(sorted(missing))}, which the pages load: use Debian's Sphinx")


def setup(app):
    # what the build tells: where the repository is, the name of the line, and its components with their versions
    for name in ("qcw_repository", "qcw_line", "qcw_versions"):
        app.add_config_value(name, "", "html", [str])
    app.connect("source-read", add_navigation)
    app.connect("html-page-context", complete)
    app.connect("build-finished", tidy)
    app.add_transform(Links)
