// SPDX-License-Identifier: GPL-3.0-or-later
// The button that reads the page of a lesson aloud, sentence by sentence, with the spoken one marked in the page. Off
// until a person presses it; off again at the end of the page, at every step, and when the voice fails.
#pragma once

#include "widgets/lessons/narrator.h"

#include <QPushButton>

#include <optional>
#include <vector>

class QTextDocument;

namespace headlens {

class LessonPage;

// Places in a document, in characters: [begin, end). Without sentences that hold nothing to say ("…", "→").
struct SentencePlace {
    int begin = 0, end = 0;
    bool operator==(const SentencePlace&) const = default;
};
std::vector<SentencePlace> sentencesOf(const QTextDocument& document);

class ReadAloud : public QPushButton {
    Q_OBJECT
public:
    explicit ReadAloud(LessonPage* page, QWidget* parent = nullptr);
    ~ReadAloud() override;

    void setNarrator(std::unique_ptr<Narrator> narrator); // null: none, the button stays hidden
    // Of the text; hides the button where no voice speaks it.
    void setLanguage(const QLocale& language);
    void stop();      // goes on from there when pressed again
    void startOver(); // another page: stops, and begins at its top
    bool isReading() const { return m_reads; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void toggle(bool on);
    void speak();
    void onSpoken();
    void followPage(); // numbers came in: the same sentences may stand elsewhere
    void mark();
    void retranslate();

    LessonPage* m_page;
    std::unique_ptr<Narrator> m_narrator;
    std::optional<QLocale> m_language; // none before the first page: nobody is asked for a voice in vain
    std::vector<SentencePlace> m_sentences;
    std::size_t m_next = 0; // the sentence that is spoken, or where reading goes on
    bool m_reads = false;
};

} // namespace headlens
