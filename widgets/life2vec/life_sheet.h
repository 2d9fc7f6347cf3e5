// SPDX-License-Identifier: GPL-3.0-or-later
// What a person sees of a life: the life line, what the model guesses and says, and its waves of time. It only shows
// and asks; LifeView edits. Window's thread.
#pragma once

#include "widgets/life2vec/life_line.h"
#include "widgets/life2vec/life_state.h"

#include <QWidget>

#include <optional>
#include <vector>

class QBoxLayout;
class QLabel;
class QPushButton;
class QScrollArea;

namespace headlens {

class ChanceBars;
class WavePlot;

struct LifeContent {
    enum class Hiding { Hide, ShowWord, WriteGuess }; // what the button does to the chosen word

    bool isLife = false; // else: only that there is none
    LifePicture picture;
    Display display;
    LifePlace gap; // the hidden word that the guesses are of
    std::vector<verbs::TextScore> guesses;
    std::vector<verbs::Prediction> verdict; // on the order of the events
    Hiding hiding = Hiding::Hide;
    bool canSwap = false;
};

class LifeSheet : public QWidget {
    Q_OBJECT
public:
    explicit LifeSheet(QWidget* parent = nullptr);

    void setContent(const LifeContent& content);
    // `age`, `date`: of the chosen event, in years; nothing: none is chosen.
    void setWaves(const LifeState& state, std::optional<double> age, std::optional<double> date);
    static QString noLife(); // what is said where there is no life
    LifeLine* line() const { return m_line; }
    ChanceBars* guesses() const { return m_guesses; }
    ChanceBars* verdict() const { return m_verdict; }
    WavePlot* ages() const { return m_ages; }
    WavePlot* dates() const { return m_dates; }

Q_SIGNALS:
    void hidePressed();
    void swapPressed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void arrangeBelow(QBoxLayout* layout);
    void showGuesses(const LifeContent& content);
    void showVerdict(const LifeContent& content);
    void say(const LifeContent& content);

    QLabel *m_intro, *m_honest, *m_alpha;
    QScrollArea* m_scroll;
    QWidget* m_parts;
    LifeLine* m_line;
    QPushButton *m_hide, *m_swap;
    QBoxLayout *m_below = nullptr, *m_waves = nullptr; // side by side where there is room
    ChanceBars *m_guesses, *m_verdict;
    WavePlot *m_ages, *m_dates;
};

} // namespace headlens
