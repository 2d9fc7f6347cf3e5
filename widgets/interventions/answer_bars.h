// SPDX-License-Identifier: GPL-3.0-or-later
// The answers before and after, each with a bar from zero: to the right for more, to the left for less. Window's
// thread.
#pragma once

#include "widgets/interventions/answer_differences.h"

#include <QWidget>

namespace headlens {

class AnswerBars : public QWidget {
    Q_OBJECT
public:
    explicit AnswerBars(QWidget* parent = nullptr);

    void setAnswers(std::vector<AnswerDifference> answers, bool areNumbers);
    const std::vector<AnswerDifference>& answers() const { return m_answers; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    int lineHeight() const;
    QString sharesOf(const AnswerDifference& one) const; // "41.5 % → 12.0 %"
    QString changeOf(const AnswerDifference& one) const; // "−29.5", or a bound of it: "≥ +39.8"
    void describe();
    void paintLine(QPainter& painter, const QRectF& line, const AnswerDifference& one, double most) const;

    std::vector<AnswerDifference> m_answers;
    bool m_areNumbers = false;
};

} // namespace headlens
