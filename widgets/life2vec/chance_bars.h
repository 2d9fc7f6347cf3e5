// SPDX-License-Identifier: GPL-3.0-or-later
// A few words with their probabilities, a line each: word, bar, number. Window's thread.
#pragma once

#include <QWidget>

#include <vector>

namespace headlens {

struct ShareLine {
    QString word;
    double share = 0; // 0 to 1
};

class ChanceBars : public QWidget {
    Q_OBJECT
public:
    explicit ChanceBars(QWidget* parent = nullptr);

    // `title`: what the numbers are of. `none`: what is said where there are no lines.
    void setLines(const QString& title, const std::vector<ShareLine>& lines, const QString& none);
    void setRoom(int lines); // that are shown; kept where there are fewer, so that nothing jumps
    const std::vector<ShareLine>& lines() const { return m_lines; }
    QString title() const { return m_title; }
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    int lineHeight() const;
    void paintLine(QPainter& painter, const QRectF& place, const ShareLine& line, double words) const;

    QString m_title, m_none;
    std::vector<ShareLine> m_lines;
    int m_room = 3;
};

} // namespace headlens
