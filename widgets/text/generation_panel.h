// SPDX-License-Identifier: GPL-3.0-or-later
// Lets a model write: how the next token is chosen, every step with its alternatives, and what each layer would have
// said (logit lens).
#pragma once

#include "widgets/viewmodel/writing.h"

#include <QTimer>
#include <QWidget>

class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QTableWidget;

namespace headlens {

class GenerationPanel : public QWidget {
    Q_OBJECT
public:
    GenerationPanel(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    void write(int tokens); // from where the text stands
    void clear();
    // Shows the step that wrote token `step`: its query is chosen, so that every view follows.
    void showStep(int step);
    int steps() const { return int(m_writing->written().steps.size()); }
    const QTableWidget* lensTable() const { return m_lens; }

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void setHow();    // as the fields say
    void followHow(); // the fields, as it was set elsewhere
    void fillSteps();
    void askLens();
    void onModel();
    void retranslate();
    void fitTables();            // to the size of the type
    int queryOf(int step) const; // the token whose scores chose it

    InspectionModel* m_model;
    Writing* m_writing;
    TokenChoice* m_tokens;
    QSpinBox *m_atMost, *m_beams, *m_topK, *m_seed;
    QDoubleSpinBox *m_temperature, *m_topP;
    QPushButton *m_write, *m_step, *m_play, *m_clear;
    QLabel *m_text, *m_lensName;
    QTableWidget *m_steps, *m_lens;
    QFormLayout* m_form;
    QTimer m_playing;
};

} // namespace headlens
