// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the start page with the models that lie on this computer: a few at first, more by a button. Those that
// cannot be opened are grey; chosen, they say why not. It only asks; the window opens and remembers.
#pragma once

#include "widgets/start/section.h"

#include <QStringList>

class QMenu;
class QPushButton;

namespace headlens {

class FoundSection final : public Section {
    Q_OBJECT
public:
    explicit FoundSection(QWidget* parent = nullptr);

    void setLooking(bool looking);
    // In the order in which they are shown. `remarks`: sentences about what could not be looked at.
    void setFound(const QList<GalleryFound>& models, const QStringList& remarks);
    void setFolders(const QStringList& folders); // of the person; each can be forgotten
    QList<QWidget*> controls() const override;   // rows and buttons
    int filter(const QString& words) override;   // of all of them, also those that are not shown yet

Q_SIGNALS:
    void chosen(const QString& path);
    void refused(const QString& name, const QString& why);
    void folderWanted();
    void folderForgotten(const QString& folder);

protected:
    void retranslate() override;

private:
    void fill();
    void choose(int row);
    void showMore();
    void sayState();

    QList<GalleryFound> m_models;
    QList<GalleryFound> m_shown; // a row each
    QStringList m_remarks;
    QString m_words; // of the filter
    bool m_isLooking = false;
    qsizetype m_most; // models that are shown
    QPushButton *m_more, *m_add, *m_forget;
    QMenu* m_folders;
};

} // namespace headlens
