// SPDX-License-Identifier: GPL-3.0-or-later
// Where text is typed and seen: the sentence, a second one, the labels of a zero-shot model, and what was written.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace headlens {

class TokenStrip;

// What was typed and is in no vocabulary, each once, the first few.
QStringList unknownWords(const verbs::InputInfo& input);

class TextPane : public QWidget {
    Q_OBJECT
public:
    TextPane(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    void type(const QString& text);     // as if a person had typed it
    void fill(const TextRequest& wish); // shows and runs it; another model may put its own example in its place
    TokenStrip* readStrip() { return m_read; }
    TokenStrip* writtenStrip() { return m_written; }
    QPlainTextEdit* edit() { return m_text; }
    QPlainTextEdit* labels() { return m_labels; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void onModel();
    void onInput();
    void followText();
    void send();
    void showFields();
    void toggleHidden(int token);
    void retranslate();

    InspectionModel* m_model;
    QPlainTextEdit *m_text, *m_labels;
    QLineEdit* m_pair;
    QLabel *m_cut, *m_unknown, *m_writtenName;
    QToolButton *m_cutElsewhere, *m_ids;
    TokenStrip *m_read, *m_written;
    QTimer m_typed;
    bool m_filling = false; // the fields follow the model, not the person
};

} // namespace headlens
