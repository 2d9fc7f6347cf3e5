// SPDX-License-Identifier: GPL-3.0-or-later
// How one weight comes about: query, key and their products as bars, and the arithmetic behind them.
#pragma once

#include "widgets/viewmodel/inspection_model.h"

#include <QWidget>

#include <optional>

class QLabel;

namespace headlens {

class PairView : public QWidget {
    Q_OBJECT
public:
    PairView(InspectionModel* model, Selection* selection, QWidget* parent = nullptr);

    // The weight from its parts, as two lines of sums.
    static QString arithmetic(const verbs::Pair& pair);
    const verbs::Pair& parts() const { return m_parts; } // of the pair that is shown; no query: none
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override { return {360, 340}; }

Q_SIGNALS:
    void painted(); // after each frame, for benchmarks

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    // What to ask for; without one `why` says what is missing.
    std::optional<verbs::PairQuestion> question(QString& why) const;
    int otherOf(bool reverse, int theirStream, const TokenLayout& theirs) const;
    TokenLayout layoutOf(int stream) const;
    QString nameOf(bool key, int token) const;
    void ask();
    void say(const QString& why = {});
    QRectF barsRect(int row) const;
    void paintBars(QPainter& painter, int row, const QString& title, const std::vector<float>& values,
                   float highest) const;

    InspectionModel* m_model;
    HeadChoice* m_heads;
    TokenChoice* m_tokens;
    QLabel *m_title, *m_text;
    verbs::Pair m_parts;
    std::vector<float> m_products;
};

} // namespace headlens
