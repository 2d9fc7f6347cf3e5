// SPDX-License-Identifier: GPL-3.0-or-later
// The text of the model: where it is typed, what can be done with it, and its tokens in one flow with what was written.
// Grows with the text; beside a picture up to half of what it lies in.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace headlens {

class ChatRow;
class PromptFlow;
class TextChips;
class TextFields;
class TokenStrip;
class WriteRow;

// What was typed and is in no vocabulary, each once, the first few.
QStringList unknownWords(const verbs::InputInfo& input);

class TextPane : public QWidget {
    Q_OBJECT
public:
    TextPane(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    void type(const QString& text);     // as if a person had typed it
    void fill(const TextRequest& wish); // shows and runs it; another model may put its own example in its place
    TokenStrip* readStrip();
    TokenStrip* writtenStrip();
    QPlainTextEdit* edit();
    QPlainTextEdit* labels();
    TextChips* chips() { return m_chips; }
    ChatRow* chatRow() { return m_chatRow; }
    WriteRow* writeRow() { return m_writeRow; }
    PromptFlow* flow() { return m_flow; }

Q_SIGNALS:
    void pictureWanted(); // the person wants to look at the patches of the picture

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void build();
    void onModel();
    void toggleHidden(int token);
    void limitHeight();
    void retranslate();
    QString cutText() const;

    InspectionModel* m_model;
    TextFields* m_fields;
    ChatRow* m_chatRow;
    WriteRow* m_writeRow;
    TextChips* m_chips;
    PromptFlow* m_flow;
    QLabel *m_cut, *m_unknown;
    QToolButton* m_cutElsewhere;
};

} // namespace headlens
