// SPDX-License-Identifier: GPL-3.0-or-later
// Cards in rows: as many beside each other as fit, all of a row equally high. One stop of the Tab key.
#pragma once

#include <QList>
#include <QWidget>

namespace headlens {

class Card;
class TabStop;

class CardGrid : public QWidget {
    Q_OBJECT
public:
    // `narrowest`: width below which a card takes another row, in widths of the letter x.
    explicit CardGrid(int narrowest, QWidget* parent = nullptr);

    void setCards(const QList<Card*>& cards); // takes them; the ones before are deleted
    const QList<Card*>& cards() const { return m_cards; }
    int filter(const QString& words); // how many are left
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arranged(width, false); }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {100, 0}; }

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QList<Card*> shown() const;
    int columns(int width) const;
    int arranged(int width, bool moves) const; // the height it comes to

    QList<Card*> m_cards;
    int m_narrowest;
    TabStop* m_stop;
};

} // namespace headlens
