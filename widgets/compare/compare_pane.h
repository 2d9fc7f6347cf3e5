// SPDX-License-Identifier: GPL-3.0-or-later
// One pane beside the main picture: what it compares, its picture or text, the steps of a training to go through, and
// one line for what is under way or went wrong. Window's thread.
#pragma once

#include "widgets/compare/checkpoint_series.h"
#include "widgets/compare/pane_model.h"
#include "widgets/compare/pane_sources.h"
#include "widgets/viewmodel/display_settings.h"

#include <QFrame>
#include <QPointer>

#include <vector>

class QLabel;
class QLineEdit;
class QScrollArea;

namespace headlens {

class Canvas;
class PaneHeader;
class StepPlayer;
class TokenStrip;

class ComparePane : public QFrame {
    Q_OBJECT
public:
    ComparePane(const LinkedSelection::End& window, DisplaySettings* display, const PaneSources* sources,
                QWidget* parent = nullptr);
    ~ComparePane() override;

    PaneModel* pane() { return &m_pane; }
    PaneHeader* header() const { return m_header; }
    Canvas* canvas() const { return m_canvas; } // null: nothing was compared yet
    TokenStrip* strip() const { return m_strip; }
    StepPlayer* steps() const { return m_steps; } // hidden where there is no training to go through
    QLineEdit* text() const { return m_text; }    // of its own; hidden without
    QString status() const;
    void setNumber(int number); // from 1, for screen readers
    void setMainCanvas(const Canvas* main);
    // Its lines of text do: the dock would give it the height of its whole content and scroll.
    bool hasHeightForWidth() const override { return false; }
    void showCheckpoints(); // beside the model that is shown, the last one first

Q_SIGNALS:
    void canvasMade();
    void removeWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void open();
    void onModel();
    void onInput();
    void goToStep();
    void findSeries();
    void compare();
    void compareMaps();
    QString refusal() const;
    void tell();
    void retranslate();

    PaneModel m_pane;
    DisplaySettings* m_display;
    PaneHeader* m_header;
    QLineEdit* m_text;
    QLabel *m_invitation, *m_status;
    Canvas* m_canvas = nullptr;
    QScrollArea* m_words = nullptr;
    TokenStrip* m_strip = nullptr;
    StepPlayer* m_steps;
    QPointer<const Canvas> m_main;
    std::vector<TrainingCheckpoint> m_series;
    QString m_busy;
    int m_number = 1;
};

} // namespace headlens
