// SPDX-License-Identifier: GPL-3.0-or-later
// The page of a lesson: Markdown whose links name places in the trace. It goes nowhere and loads nothing: a lesson from
// a stranger can only be read.
#pragma once

#include <QTextBrowser>

#include <functional>
#include <string>
#include <vector>

namespace headlens {

class LessonPage : public QTextBrowser {
    Q_OBJECT
public:
    explicit LessonPage(QWidget* parent = nullptr);

    enum class Place { Kept, Top, End }; // numbers came in, another step, something was added below
    void showMarkdown(const std::string& markdown, Place place);
    // Characters [begin, end) of the text stand out and are scrolled into view; begin == end: none.
    void markSentence(int begin, int end);
    // What the tooltip of an address says.
    void setExplanation(std::function<QString(const std::string& address)> explain)
    {
        m_attribute = std::move(explain);
    }
    // The address behind the link of the shown text; empty for links that are none of ours.
    std::string addressOf(const QString& link) const;
    // Qt's Markdown stops a link target at brackets and blanks, which addresses have: "trace:0", "trace:1" stand for
    // `addresses`.
    static std::string withKeys(const std::string& markdown, std::vector<std::string>& addresses);
    // The words without marks, in one line: for buttons and labels.
    static QString plainText(const std::string& markdown);
    // A name for lists: a sentence without numbers of the run, if there is one, the first of its paragraph if possible.
    static QString nameFor(const std::string& markdown);

    QVariant loadResource(int type, const QUrl& name) override;

Q_SIGNALS:
    void addressHovered(const QString& address); // empty: left
    void addressChosen(const QString& address);
    void filled(); // with another text

protected:
    bool viewportEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void hover(const QString& link);
    QString linkAtCursor() const;

    std::vector<std::string> m_addresses;
    std::string m_shown;
    QString m_hovered; // link
    std::function<QString(const std::string&)> m_attribute;
};

} // namespace headlens
