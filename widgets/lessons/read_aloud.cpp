// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lessons/read_aloud.h"

#include "widgets/lessons/lesson_page.h"

#include <QEvent>
#include <QTextBlock>
#include <QTextBoundaryFinder>
#include <QTextDocument>

#include <algorithm>

namespace headlens {

std::vector<SentencePlace> sentencesOf(const QTextDocument& document)
{
    std::vector<SentencePlace> all;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const QString text = block.text(); // links and emphasis are already their visible words
        QTextBoundaryFinder finder(QTextBoundaryFinder::Sentence, text);
        for (int begin = 0, end = int(finder.toNextBoundary()); end >= 0; end = int(finder.toNextBoundary())) {
            const QStringView part = QStringView(text).mid(begin, end - begin);
            const bool speaks = std::ranges::any_of(part, [](QChar c) { return c.isLetterOrNumber(); });
            const int blanks = int(part.size() - part.trimmed().size()); // they follow a sentence
            if (speaks) all.push_back({block.position() + begin, block.position() + end - blanks});
            begin = end;
        }
    }
    return all;
}

ReadAloud::ReadAloud(LessonPage* page, QWidget* parent) : QPushButton(parent), m_page(page)
{
    setCheckable(true);
    setVisible(false);
    connect(this, &QPushButton::toggled, this, &ReadAloud::toggle);
    connect(page, &LessonPage::filled, this, &ReadAloud::followPage);
    retranslate();
}

ReadAloud::~ReadAloud()
{
    if (m_narrator) m_narrator->stop(); // its owner is going away; the system's voice would go on
}

void ReadAloud::setNarrator(std::unique_ptr<Narrator> narrator)
{
    stop();
    m_narrator = std::move(narrator);
    if (m_narrator) {
        // Not from within the engine's own signal: some start the next sentence only once they are out of it.
        connect(m_narrator.get(), &Narrator::finished, this, &ReadAloud::onSpoken, Qt::QueuedConnection);
        connect(m_narrator.get(), &Narrator::failed, this, [this] {
            stop();
            hide();
        });
    }
    if (m_language) setLanguage(*m_language);
}

void ReadAloud::setLanguage(const QLocale& language)
{
    if (language != m_language) startOver();
    m_language = language;
    setVisible(m_narrator != nullptr && m_narrator->canSpeak(language));
}

void ReadAloud::stop()
{
    if (!m_reads) return;
    m_reads = false;
    m_narrator->stop();
    m_page->markSentence(0, 0);
    setChecked(false);
}

void ReadAloud::startOver()
{
    stop();
    m_next = 0;
}

void ReadAloud::toggle(bool on)
{
    if (on == m_reads) return;
    if (!on) return stop();
    m_sentences = sentencesOf(*m_page->document());
    if (m_narrator == nullptr || m_sentences.empty()) return setChecked(false);
    if (m_next >= m_sentences.size()) m_next = 0; // all of it was read: once more
    m_reads = true;
    speak();
}

void ReadAloud::speak()
{
    mark();
    const SentencePlace& place = m_sentences[m_next];
    m_narrator->say(m_page->toPlainText().mid(place.begin, place.end - place.begin));
}

void ReadAloud::onSpoken()
{
    if (!m_reads) return; // stopped meanwhile
    ++m_next;
    if (m_next < m_sentences.size()) return speak();
    stop();
}

void ReadAloud::followPage()
{
    if (!m_reads) return;
    const std::size_t before = m_sentences.size();
    m_sentences = sentencesOf(*m_page->document());
    if (m_sentences.size() != before) return stop(); // another text
    mark();
}

void ReadAloud::mark()
{
    m_page->markSentence(m_sentences[m_next].begin, m_sentences[m_next].end);
}

void ReadAloud::retranslate()
{
    setText(tr("Read aloud"));
    setToolTip(tr("Reads this page aloud, sentence by sentence; press again to stop"));
}

void ReadAloud::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) retranslate();
    QPushButton::changeEvent(event);
}

} // namespace headlens
