// SPDX-License-Identifier: GPL-3.0-or-later
// The command palette: a field and what it finds, over the middle top of a window. The field keeps the focus; when it
// closes, the focus is where it was before.
#pragma once

#include "widgets/palette/palette_index.h"

#include <QFrame>
#include <QKeySequence>
#include <QPointer>

#include <functional>

class QLabel;
class QLineEdit;
class QListView;

namespace headlens {

class PaletteLines;

class PalettePopup : public QFrame {
    Q_OBJECT
public:
    explicit PalettePopup(QWidget* window);

    void setKeys(const QList<QKeySequence>& keys); // that open and close it: they act while it is open

    // What is typed is read as a place first.
    using Places = std::function<PaletteAnswer(const QString&)>;
    void open(const PaletteIndex& entries, const Places& places);
    void close(bool restoresFocus = true);
    bool isOpen() const { return m_isOpen; }

    QLineEdit* field() { return m_field; }
    QListView* list() { return m_list; }
    QString sentence() const; // below the list; empty: none
    const PaletteLines& lines() const { return *m_lines; }
    void retranslate();

Q_SIGNALS:
    void chosen(const headlens::PaletteEntry& entry); // it is closed, and the focus is back

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    void refill();
    void place();
    bool takesKey(QEvent* event);
    bool press(int key);
    void choose(int row);
    void step(int lines);
    int row() const;
    void run();
    void say(const QString& sentence);
    void announce();

    QLineEdit* m_field;
    QListView* m_list;
    PaletteLines* m_lines;
    QLabel* m_sentence;
    PaletteIndex m_index;
    Places m_places;
    QList<QKeySequence> m_keys;
    QPointer<QWidget> m_before; // had the focus
    bool m_isOpen = false;
};

} // namespace headlens
