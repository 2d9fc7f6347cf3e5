// SPDX-License-Identifier: GPL-3.0-or-later
// What the person opened before: models, pictures and texts. One that vanished is grey and says so; each can be taken
// off the list.
#pragma once

#include "widgets/start/section.h"

namespace headlens {

class RecentSection final : public Section {
    Q_OBJECT
public:
    explicit RecentSection(QWidget* parent = nullptr);

    void setRecents(const QList<GalleryRecent>& recents);
    const QList<GalleryRecent>& recents() const { return m_recents; }

Q_SIGNALS:
    void chosen(const headlens::GalleryRecent& recent);
    void refused(const QString& name, const QString& why);
    void removeWanted(const headlens::GalleryRecent& recent);

protected:
    void retranslate() override;

private:
    QList<GalleryRecent> m_recents;
};

} // namespace headlens
