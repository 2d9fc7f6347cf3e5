// SPDX-License-Identifier: GPL-3.0-or-later
// The heads of the chosen layer as chips. Where they do not fit, one chip stands for all of them and opens a pad.
// Window's thread.
#pragma once

#include "widgets/canvas/head_choices.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace headlens {

class HeadChips : public QWidget {
    Q_OBJECT
public:
    explicit HeadChips(HeadChoice* heads, QWidget* parent = nullptr);

    QToolButton* chip(const HeadOption& option) const; // null: there is none
    QToolButton* rangeChip() const { return m_range; } // hidden where all fit
    QWidget* openPad();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Chip {
        HeadOption option;
        QToolButton* button;
    };
    void follow();
    void rebuild();
    void retranslate();
    QString rangeText() const;
    // Those that are shown with so much room; the less, the more of them stand for others.
    QList<QWidget*> shownIn(int width) const;
    int widthOf(const QList<QWidget*>& shown) const;
    void arrange();

    HeadChoice* m_heads;
    QLabel* m_name;
    QToolButton* m_range;
    QList<Chip> m_chips;
    QPointer<QWidget> m_pad;
};

} // namespace headlens
