// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lessons/lesson_page.h"

#include "core/lesson/lesson.h"

#include <QHelpEvent>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace headlens {
namespace {

constexpr std::string_view kLink = "](trace:";
constexpr int kLongestName = 48; // characters in the list of steps

QTextDocument::MarkdownFeatures features()
{
    return QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) | QTextDocument::MarkdownNoHTML;
}

} // namespace

LessonPage::LessonPage(QWidget* parent) : QTextBrowser(parent)
{
    setOpenLinks(false);
    setOpenExternalLinks(false);
    connect(this, qOverload<const QUrl&>(&QTextBrowser::highlighted), this,
            [this](const QUrl& link) { hover(link.toString()); });
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        if (const std::string address = addressOf(link.toString()); !address.empty())
            Q_EMIT addressChosen(QString::fromStdString(address));
    });
}

std::string LessonPage::withKeys(const std::string& markdown, std::vector<std::string>& addresses)
{
    std::string text;
    std::size_t from = 0;
    for (const std::string& address : linksOf(markdown)) {
        const std::size_t at = markdown.find(kLink, from) + kLink.size();
        text += markdown.substr(from, at - from) + std::to_string(addresses.size());
        addresses.push_back(address);
        from = at + address.size();
    }
    return text + markdown.substr(from);
}

QString LessonPage::plainText(const std::string& markdown)
{
    std::vector<std::string> addresses;
    QTextDocument document;
    document.setMarkdown(QString::fromStdString(withKeys(markdown, addresses)), features());
    return document.toPlainText().simplified();
}

QString LessonPage::nameFor(const std::string& markdown)
{
    static const QRegularExpression kSentence(QStringLiteral(".+?(?:[.!?:](?=\\s|$)|[。！？：]|$)"));
    const QString dots = QStringLiteral("…"); // no number before its time
    QTextDocument document;
    std::vector<std::string> addresses, values(bindingsOf(markdown).size(), dots.toStdString());
    document.setMarkdown(QString::fromStdString(withKeys(filledIn(markdown, values), addresses)), features());
    QStringList first, others; // of their paragraphs
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        for (auto each = kSentence.globalMatch(block.text().simplified()); each.hasNext();) {
            const auto sentence = each.next();
            (sentence.capturedStart() == 0 ? first : others) << sentence.captured().trimmed();
        }
    const QStringList all = first + others;
    const auto whole = std::ranges::find_if(all, [&](const QString& one) { return !one.contains(dots); });
    const QString name = whole != all.end() ? *whole : all.value(0);
    return name.size() > kLongestName ? name.left(kLongestName).trimmed() + dots : name;
}

void LessonPage::changeEvent(QEvent* event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() != QEvent::FontChange || m_shown.empty()) return;
    showMarkdown(std::exchange(m_shown, {}), Place::Kept); // words in code carry the size they were read with
}

void LessonPage::showMarkdown(const std::string& markdown, Place place)
{
    if (markdown == m_shown) return; // keeps the place, the selection and the link that has focus
    m_shown = markdown;
    const int before = verticalScrollBar()->value();
    m_addresses.clear();
    document()->setMarkdown(QString::fromStdString(withKeys(markdown, m_addresses)), features());
    document()->size(); // lays it out: only then the bar knows how far it goes
    verticalScrollBar()->setValue(place == Place::End   ? verticalScrollBar()->maximum()
                                  : place == Place::Top ? 0
                                                        : before);
    Q_EMIT filled();
}

// A line that appears below the page makes it lower: what stood at its end stays there.
void LessonPage::resizeEvent(QResizeEvent* event)
{
    QScrollBar& bar = *verticalScrollBar();
    const bool atEnd = bar.maximum() > 0 && bar.value() == bar.maximum();
    QTextBrowser::resizeEvent(event);
    if (atEnd) bar.setValue(bar.maximum());
}

void LessonPage::markSentence(int begin, int end)
{
    if (begin == end) return setExtraSelections({});
    ExtraSelection mark;
    mark.cursor = QTextCursor(document());
    mark.cursor.setPosition(begin);
    mark.cursor.setPosition(end, QTextCursor::KeepAnchor);
    QColor ground = palette().color(QPalette::Highlight);
    constexpr int kSoft = 90; // of 255: the words keep their own colours and stay readable on it
    ground.setAlpha(kSoft);
    mark.format.setBackground(ground);
    setExtraSelections({mark});
    QTextCursor first(document());
    first.setPosition(begin);
    const QRect line = cursorRect(first), last = cursorRect(mark.cursor);
    if (line.top() >= 0 && last.bottom() <= viewport()->height()) return;
    verticalScrollBar()->setValue(verticalScrollBar()->value() + line.top() - line.height());
}

std::string LessonPage::addressOf(const QString& link) const
{
    static const QString kScheme = QStringLiteral("trace:");
    bool isKey = false;
    const qulonglong key = link.startsWith(kScheme) ? link.mid(kScheme.size()).toULongLong(&isKey) : 0;
    return isKey && key < m_addresses.size() ? m_addresses[std::size_t(key)] : std::string();
}

QVariant LessonPage::loadResource(int, const QUrl&)
{
    return {};
}

void LessonPage::hover(const QString& link)
{
    if (link == m_hovered) return;
    m_hovered = link;
    const std::string address = addressOf(link);
    Q_EMIT addressHovered(QString::fromStdString(address));
}

QString LessonPage::linkAtCursor() const
{
    return textCursor().hasSelection() ? textCursor().charFormat().anchorHref() : QString();
}

bool LessonPage::focusNextPrevChild(bool next)
{
    const bool stays = QTextBrowser::focusNextPrevChild(next); // from link to link, then on
    hover(hasFocus() ? linkAtCursor() : QString());            // what the mouse can do, Tab can
    return stays;
}

void LessonPage::leaveEvent(QEvent* event)
{
    hover({});
    QTextBrowser::leaveEvent(event);
}

bool LessonPage::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QTextBrowser::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString link = anchorAt(help->pos());
    const std::string address = addressOf(link);
    QString words;
    if (!address.empty() && m_attribute)
        words = m_attribute(address);
    else if (!link.isEmpty())
        words = tr("Lessons open nothing outside HeadLens: %1").arg(link);
    QToolTip::showText(help->globalPos(), words.toHtmlEscaped(), this);
    return true;
}

} // namespace headlens
