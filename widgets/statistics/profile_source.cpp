// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/statistics/profile_source.h"

#include "widgets/statistics/head_profiles.h"
#include "widgets/statistics/picture_average.h"
#include "widgets/style/icons.h"
#include "widgets/style/look.h"
#include "widgets/viewmodel/inspection_model.h"
#include "widgets/viewmodel/picture_files.h"

#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace headlens {
namespace {

constexpr int kApart = 8; // pixels

} // namespace

ProfileSource::ProfileSource(InspectionModel* model, HeadProfiles* profiles, QWidget* parent)
    : QWidget(parent), m_model(model), m_profiles(profiles), m_average(new PictureAverage(model, this)),
      m_choice(new QToolButton), m_stop(new QToolButton)
{
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(kApart);
    for (QToolButton* button : {m_choice, m_stop}) {
        setLook(button, Look::Field);
        button->setFocusPolicy(Qt::StrongFocus);
        line->addWidget(button);
    }
    m_choice->setPopupMode(QToolButton::InstantPopup);
    m_choice->setMenu(new QMenu(m_choice));
    m_stop->setIcon(icon(Icon::Close));
    m_stop->hide();
    connect(m_choice->menu(), &QMenu::aboutToShow, this, &ProfileSource::fill);
    connect(m_stop, &QToolButton::clicked, m_average, &PictureAverage::stop);
    connect(m_average, &PictureAverage::changed, this, &ProfileSource::follow);
    say();
}

void ProfileSource::fill()
{
    QMenu* menu = m_choice->menu();
    menu->clear();
    QAction* run = menu->addAction(tr("This input"), this, [this] {
        m_problem.clear();
        m_average->forget();
        follow();
    });
    run->setCheckable(true);
    run->setChecked(!m_average->isThere());
    QAction* folder = menu->addAction(tr("Mean over a folder\u2026"), this, [this] {
        if (const QString path = QFileDialog::getExistingDirectory(this, tr("Folder of pictures")); !path.isEmpty())
            useFolder(path);
    });
    QAction* pictures = menu->addAction(tr("Mean over pictures\u2026"), this, [this] {
        QStringList patterns;
        for (const QString& ending : pictureEndings()) patterns << QStringLiteral("*.") + ending;
        const QString filter = tr("Pictures (%1)").arg(patterns.join(u' '));
        if (const QStringList paths = QFileDialog::getOpenFileNames(this, tr("Pictures"), {}, filter); !paths.isEmpty())
            usePictures(paths);
    });
    for (QAction* many : {folder, pictures}) many->setEnabled(m_model->hasModel());
}

void ProfileSource::useFolder(const QString& folder)
{
    const FolderPictures found = picturesUnder(folder);
    usePictures(found.paths);
    if (found.paths.isEmpty())
        m_problem = tr("%1 holds no pictures. Choose a folder that does.").arg(folder);
    else if (found.leftOut)
        m_problem = tr("The folder holds more files than are looked at: the first %1 pictures are counted.")
                        .arg(found.paths.size());
    follow();
}

void ProfileSource::usePictures(const QStringList& paths)
{
    m_problem.clear();
    m_average->start(paths);
}

void ProfileSource::follow()
{
    m_profiles->showAverage(m_average->heads());
    say();
    Q_EMIT changed();
}

void ProfileSource::say()
{
    const bool many = m_average->isThere();
    m_choice->setText(many ? tr("Mean, n = %1").arg(m_average->counted()) : tr("This input"));
    m_choice->setAccessibleName(tr("Statistics of: %1").arg(m_choice->text()));
    m_choice->setToolTip(tr("Counts the shown input, or many pictures one after the other, of the model as it was "
                            "trained"));
    m_stop->setVisible(m_average->isRunning());
    m_stop->setText(tr("Stop"));
    m_stop->setAccessibleName(tr("Stop counting pictures"));
    m_stop->setToolTip(m_stop->accessibleName());
}

QString ProfileSource::note() const
{
    QStringList parts;
    if (const int done = m_average->counted() + int(m_average->failures().size()); done < m_average->total())
        parts << (m_average->isRunning() ? tr("%1 of %2 pictures") : tr("stopped after %1 of %2 pictures"))
                     .arg(done)
                     .arg(m_average->total());
    if (const QStringList& failures = m_average->failures(); !failures.isEmpty())
        parts << tr("%1 could not be counted: %2").arg(failures.size()).arg(failures.first());
    if (!m_problem.isEmpty()) parts << m_problem;
    return parts.join(QStringLiteral(" · "));
}

void ProfileSource::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) say();
}

} // namespace headlens
