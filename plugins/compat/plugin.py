"""Glue with Pelican: offers briefs as articles to stock themes and public plugins, and writes their pages with the theme's templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pelican import signals
from pelican.contents import Article, Category, Tag
from pelican.generators import Generator

from plugins.compat.articles import describe_brief, group_by_tag
from plugins.edition.edition import Edition


class CompatGenerator(Generator):  # type: ignore[misc]
    """Stands in for Pelican's own article generator, which reads nothing here. For themes without our templates."""

    articles: list[Any]
    translations: list[Any]
    drafts: list[Any]
    categories: list[tuple[Any, list[Any]]]
    tags: dict[Any, list[Any]]
    authors: list[Any]
    dates: list[Any]

    def generate_context(self) -> None:
        """Puts ``articles``, ``tags`` and ``categories`` into the context, newest first."""
        edition: Edition = self.context["edition"]
        briefs = edition.collection.listed
        edition.bodies.fetch(b.id for b in briefs)
        self.articles = []
        for brief in briefs:
            content, metadata = describe_brief(edition, brief)
            metadata["category"] = Category(metadata["category"], self.settings)
            metadata["tags"] = [Tag(title, self.settings) for title in metadata["tags"]]
            article = Article(content, metadata, settings=self.settings, source_path=f"briefs/{brief.id}.md", context=self.context)
            self.articles.append(article)
        self.dates, self.translations, self.drafts, self.authors = self.articles, [], [], []
        by_category: dict[Any, list[Any]] = {}
        for article in self.articles:
            by_category.setdefault(article.category, []).append(article)
        self.categories = sorted(by_category.items())
        self.tags = group_by_tag(self.articles)
        self._update_context(("articles", "dates", "tags", "categories", "authors", "drafts"))
        signals.article_generator_finalized.send(self)

    def generate_output(self, writer: Any) -> None:
        """Writes a page for each article and the index, with the theme's own templates."""
        article_page, index_page = self.get_template("article"), self.get_template("index")
        for article in self.articles:
            signals.article_generator_write_article.send(self, content=article)
            writer.write_file(article.save_as, article_page, self.context, article=article, category=article.category, url=article.url)
        writer.write_file(
            "index.html",
            index_page,
            self.context,
            paginated={"articles": self.articles, "dates": self.articles},
            template_name="index",
            page_name="index",
            url="",
        )
        signals.article_writer_finalized.send(self, writer=writer)


def get_generators(pelican: object) -> Sequence[type[Generator]]:
    """Our generator."""
    return (CompatGenerator,)


def register() -> None:
    """Connects the plugin."""
    signals.get_generators.connect(get_generators)
