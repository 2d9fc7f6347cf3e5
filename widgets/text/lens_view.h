// SPDX-License-Identifier: GPL-3.0-or-later
// The logit lens over the text: what every layer would say behind every token, coloured by the rank of the word that
// really stands next. A click chooses token and layer. Window's thread.
#pragma once

#include "widgets/text/lens_model.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace headlens {

class LensView : public QWidget {
    Q_OBJECT
public:
    LensView(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    QTableView* table() { return m_table; }
    const LensModel& lens() const { return *m_lens; }
    QSize sizeHint() const override { return {360, 260}; }

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void ask();
    void take(const verbs::LensTable& table);
    void choose(const QModelIndex& index);
    void follow();
    void retranslate();
    int textStream() const;       // the one that is looked at, if it has words, else the first that has; -1
    int blockOf(int layer) const; // the attention block of a line of the table

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    QLabel* m_words;
    QTableView* m_table;
    LensModel* m_lens;
    verbs::LensTableQuestion m_asked{-1, 0, 0}; // of this input; stream -1: nothing yet
};

// A model that predicts words, of which the hidden states were kept.
bool hasLens(const InspectionModel& model);

} // namespace headlens
