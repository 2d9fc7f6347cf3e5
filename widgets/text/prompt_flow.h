// SPDX-License-Identifier: GPL-3.0-or-later
// Prompt and answer as one flow: what the model reads, a picture among it, and below what it has written.
#pragma once

#include "widgets/text/flow_area.h"
#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/writing.h"

class QLabel;
class QToolButton;

namespace headlens {

class TokenStrip;

class PromptFlow : public FlowArea {
    Q_OBJECT
public:
    PromptFlow(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    TokenStrip* prompt() { return m_prompt; }
    TokenStrip* answer() { return m_answer; }
    QToolButton* picture() { return m_picture; } // stands for the patches of the picture; hidden without
    QString answerHeading() const;
    QLabel* before() { return m_before; } // the last answer to the same question, where this one differs

Q_SIGNALS:
    void pictureWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void onInput();
    void onWriting();
    void tellBefore();
    int patches() const;

    InspectionModel* m_model;
    Writing* m_writing;
    QLabel *m_promptName, *m_answerName, *m_growing, *m_before;
    QToolButton* m_picture;
    TokenStrip *m_prompt, *m_answer;
};

} // namespace headlens
