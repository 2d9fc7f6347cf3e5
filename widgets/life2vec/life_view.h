// SPDX-License-Identifier: GPL-3.0-or-later
// Lives as a model after life2vec reads them: events on a time axis that can be moved, hidden and swapped, what the
// model guesses for a hidden word, what it says about the order, and how it encodes time. Window's thread.
#pragma once

#include "widgets/life2vec/life_state.h"
#include "widgets/life2vec/life_text.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

#include <optional>

namespace headlens {

class ChanceBars;
class LifeLine;
class LifeSheet;
class WavePlot;
struct LifeContent;
struct LifePicture;

class LifeView : public QWidget {
    Q_OBJECT
public:
    LifeView(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    bool readsLives() const; // the input that is shown is one
    const LifeText& life() const { return m_life; }
    const LifeState& state() const { return m_state; }
    LifePlace chosen() const { return m_chosen; }
    LifeLine* line() const;
    ChanceBars* guesses() const;
    ChanceBars* verdict() const;
    WavePlot* ages() const;
    WavePlot* dates() const;
    QString intro() const; // what is said where there is no life; empty where there is one
    QSize sizeHint() const override { return {420, 640}; }

Q_SIGNALS:
    void stateTaken();

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void listen();
    void takeInput();
    void takeToken(); // of the selection
    void takeRow();
    void ask();
    void choose(const LifePlace& place);
    void move(int event, int month);
    void toggleHidden(const LifePlace& place);
    void swap(int event);
    void send(); // the edited text
    void refresh();
    LifeContent content() const;
    void showWaves();
    std::string mask() const;
    int tokenOf(const LifePlace& place) const; // in the input that is shown; -1: there is none
    const verbs::TopTokens* guessesOf(const LifePlace& place) const;
    LifePicture picture() const;
    LifePlace shownGap() const;

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    DisplaySettings* m_display;
    LifeText m_life;                // as edited, ahead of the engine
    std::vector<LifeEvent> m_read;  // as the engine read it
    std::vector<float> m_attention; // of every event of m_read; empty: not known
    LifePlace m_chosen;             // in m_life
    bool m_leads = false;           // m_chosen counts until the edited text was read, not the selection
    LifeState m_state;
    bool m_stale = false; // the state is of an older input
    int m_missing = 0;
    LifeSheet* m_sheet;
};

} // namespace headlens
