// SPDX-License-Identifier: GPL-3.0-or-later
// The sentence of a model after PaLM-E: words and vectors that are none, side by side in one space; what the query
// looks at, and which words the vectors are nearest to. Window's thread.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QLabel;

namespace headlens {

class TilesStrip;

class TilesView : public QWidget {
    Q_OBJECT
public:
    TilesView(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    bool hasTiles() const; // the input that is shown has tokens that are no words
    QString intro() const; // what is said where it has none; empty where it has
    QString caption() const;
    TilesStrip* strip() const { return m_strip; }
    QSize sizeHint() const override { return {420, 420}; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void showCaption();
    // The typed text with another word for a token; "" takes it out.
    void write(int token, const QString& word);

    InspectionModel* m_model;
    QLabel *m_intro, *m_legend, *m_caption;
    TilesStrip* m_strip;
};

} // namespace headlens
