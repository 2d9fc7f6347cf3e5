// SPDX-License-Identifier: GPL-3.0-or-later
// One thing to open, in one line: a picture, its name, what it is. What does not fit beside the name stands below it,
// so that nothing is cut off. Grey ones cannot be opened; chosen, they say why not.
#pragma once

#include "widgets/start/text_button.h"
#include "widgets/style/icons.h"

#include <QImage>
#include <QPointer>

class QToolButton;

namespace headlens {

struct RowContent {
    Icon icon = Icon::Model;
    QImage picture = {}; // in place of the icon; null: none
    QString name, about;
    QString whyNot = {};             // one sentence; empty: it can be chosen
    QString tip = {};                // the whole path, the whole text
    QString alsoFoundBy = {};        // words that are not written on it
    QList<GalleryScore> scores = {}; // as bars, while the mouse rests on it
    bool isRemovable = false;
    bool isCode = false; // `about` is typed into a terminal
    bool operator==(const RowContent&) const = default;
};

// Every word is in one of its texts; case, accents and the width of letters do not count. No words: yes.
bool matches(const QString& text, const QString& words);
bool matches(const RowContent& content, const QString& words);

class Row : public TextButton {
    Q_OBJECT
public:
    explicit Row(const RowContent& content, QWidget* parent = nullptr);

    const RowContent& content() const { return m_content; }
    void setContent(const RowContent& content);
    int nameWidth() const;                            // pixels that the name alone needs
    void setColumn(int width);                        // of the names of all rows of a list
    QToolButton* remover() const { return m_remove; } // null where it cannot be removed
    QSize sizeHint() const override;

Q_SIGNALS:
    void removeWanted();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QList<Text> laidOut(int width, int& height) const override;
    QFont nameFont() const;
    int side() const; // of the picture
    void offerRemoving();
    void showScores(const QPoint& at);

    RowContent m_content;
    int m_column = 0;
    QToolButton* m_remove = nullptr;
    QPointer<QWidget> m_scores;
};

} // namespace headlens
