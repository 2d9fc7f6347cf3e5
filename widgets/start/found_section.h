// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the start page with the models that lie on this computer: a few at first, more by a button. Those that
// cannot be opened are grey; chosen, they say why not. It only asks; the window opens and remembers.
#pragma once

#include "widgets/start/gallery.h"

#include <QStringList>
#include <QWidget>

class QLabel;
class QMenu;
class QPushButton;

namespace headlens {

class Card;
class CardGrid;

class FoundSection : public QWidget {
    Q_OBJECT
public:
    explicit FoundSection(QWidget* parent = nullptr);

    void setLooking(bool looking);
    // In the order in which they are shown. `remarks`: sentences about what could not be looked at.
    void setFound(const QList<GalleryFound>& models, const QStringList& remarks);
    void setFolders(const QStringList& folders); // of the person; each can be forgotten
    const QList<Card*>& cards() const;
    QList<QWidget*> controls() const; // cards and buttons, as one reads
    QLabel* title() const { return m_title; }
    QLabel* note() const { return m_note; }

Q_SIGNALS:
    void chosen(const QString& path);
    void refused(const QString& name, const QString& why);
    void folderWanted();
    void folderForgotten(const QString& folder);
    void controlsChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void fill();
    void showMore();
    void sayState();
    void retranslate();

    QList<GalleryFound> m_models;
    QStringList m_remarks;
    bool m_isLooking = false;
    qsizetype m_most; // models that are shown
    QLabel *m_title, *m_note;
    CardGrid* m_cards;
    QPushButton *m_more, *m_add, *m_forget;
    QMenu* m_folders;
};

} // namespace headlens
