// SPDX-License-Identifier: GPL-3.0-or-later
// The text as the tokenizer cut it, coloured by the current row: hover a token to ask what it attends to.
#pragma once

#include "widgets/viewmodel/display_settings.h"
#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

#include <optional>

namespace headlens {

class TokenStrip : public QWidget {
    Q_OBJECT
public:
    TokenStrip(InspectionModel* model, Selection* selection, DisplaySettings* display, QWidget* parent = nullptr);

    void setStream(int stream); // -1: none
    int stream() const { return m_stream; }
    void setIdsShown(bool shown);
    // The rectangle of a token, for tests and for those who point at it; empty without.
    QRectF rectOf(int token) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override { return {320, heightForWidth(std::max(width(), 200))}; }

Q_SIGNALS:
    void hideToggled(int token); // the person wants this token hidden, or seen again
    void painted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    const std::vector<verbs::TextToken>& tokens() const;
    QString shown(const verbs::TextToken& token) const;
    QString below(int token) const;
    bool hasSecondLine() const { return m_ids || !m_model->input().outputs.get<verbs::TokenClasses>().tokens.empty(); }
    bool canHide() const;
    bool isAnswer(int token) const; // belongs to the best span that answers a question
    void arrange(int width) const;
    void describe();
    // The value of a token in the row of the chosen layer; nothing where the layer does not look at this text.
    bool showsMap() const;
    std::optional<float> valueOf(int token) const;
    int tokenAt(const QPointF& point) const;
    QColor fillOf(int token, float high) const;
    QPen rimOf(int token) const;
    void paintToken(QPainter& painter, int token, float high) const;

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    DisplaySettings* m_display;
    int m_stream = -1;
    bool m_ids = false;
    mutable std::vector<QRectF> m_rects; // of every token, for m_width
    mutable int m_width = -1;
};

} // namespace headlens
