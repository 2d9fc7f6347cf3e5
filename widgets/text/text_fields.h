// SPDX-License-Identifier: GPL-3.0-or-later
// Where text is typed: the sentence, a second one, the labels of a zero-shot model. What is typed runs a moment later.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QTimer>
#include <QWidget>

class QLineEdit;
class QPlainTextEdit;

namespace headlens {

class GrowingEdit;

class TextFields : public QWidget {
    Q_OBJECT
public:
    explicit TextFields(InspectionModel* model, QWidget* parent = nullptr);

    void type(const QString& text);     // as if a person had typed it
    void fill(const TextRequest& wish); // shows and runs it; another model may put its own example in its place
    void setMostLines(int most);        // of a field; what is longer scrolls in it
    QPlainTextEdit* edit();
    QPlainTextEdit* labels();

Q_SIGNALS:
    void asked(); // Enter below a question; what was typed is on its way to the model

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void onModel();
    void followText();
    void send();
    void showFields();
    void retranslate();

    InspectionModel* m_model;
    GrowingEdit *m_text, *m_labels;
    QLineEdit* m_pair;
    QTimer m_typed;
    bool m_filling = false; // the fields follow the model, not the person
};

} // namespace headlens
