// SPDX-License-Identifier: GPL-3.0-or-later
// What the two branches of Infini-attention add to one token, head by head, behind the output projection: the norm of
// what is read from the memory beside that of the own segment. Window's thread.
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

namespace headlens {

class BranchBars : public QWidget {
    Q_OBJECT
public:
    struct Pair {
        float read = 0, local = 0;
    };
    explicit BranchBars(QWidget* parent = nullptr);

    // `token`: its name. No heads: nothing is known.
    void setBranches(const std::vector<Pair>& heads, const QString& token);
    const std::vector<Pair>& branches() const { return m_heads; }
    QSize minimumSizeHint() const override;
    QSize sizeHint() const override { return minimumSizeHint().expandedTo({320, 0}); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void paintHead(QPainter& painter, int head, float highest) const;
    double lineHeight() const { return fontMetrics().height() + 3.0; }
    QString title() const;
    void tell();

    std::vector<Pair> m_heads;
    QString m_token;
};

} // namespace headlens
